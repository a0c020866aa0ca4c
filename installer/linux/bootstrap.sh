#!/bin/sh
# Makes this clone ready on Debian or Ubuntu: system packages, .venv, pinned requirements.
# Quick when there is nothing to do. Starts no service. PYTHON=/path/to/python3 chooses another one.
set -eu

root=$(CDPATH= cd -- "$(dirname -- "$0")/../.." && pwd)
here=$root/installer/linux
venv=$root/.venv
stamp=$venv/.bootstrapped
log=$root/out/bootstrap.log

say() { printf 'bootstrap: %s\n' "$*"; }

die() {
    printf 'bootstrap: %s\n' "$@" >&2
    exit 1
}

# logged COMMAND...: its output goes to the log; the end of it is shown when it fails.
logged() {
    printf '\n$ %s\n' "$*" >>"$log"
    "$@" >>"$log" 2>&1 </dev/null && return
    tail -n 25 "$log" >&2
    die "failed: $*" "the whole output is in $log"
}

# --- system packages ---------------------------------------------------------------------------

wanted_lines() { sed -e 's/#.*//' -e '/^[[:space:]]*$/d' "$here/packages.txt"; }

installed_names() { dpkg-query -W -f '${db:Status-Abbrev} ${Package}\n' | sed -n 's/^.i  *//p'; }

# satisfied INSTALLED 'a | b': one of the alternatives is among the installed.
satisfied() {
    for name in $(printf '%s' "$2" | tr '|' ' '); do
        printf '%s\n' "$1" | grep -qx -- "$name" && return 0
    done
    return 1
}

missing_lines() {
    installed=$(installed_names)
    wanted_lines | while IFS= read -r line; do
        satisfied "$installed" "$line" || printf '%s\n' "$line"
    done
}

# The first alternative of a line that the system offers; the first of all when none is.
choose() {
    for name in $(printf '%s' "$1" | tr '|' ' '); do
        if apt-cache show --no-all-versions "$name" >/dev/null 2>&1; then
            printf '%s\n' "$name"
            return
        fi
    done
    printf '%s\n' "$1" | sed 's/ *|.*//'
}

as_root() {
    if [ "$(id -u)" = 0 ]; then
        logged env DEBIAN_FRONTEND=noninteractive "$@"
    elif command -v sudo >/dev/null 2>&1; then
        logged sudo env DEBIAN_FRONTEND=noninteractive "$@"
    else
        die "these packages are missing, and this is neither root nor is there sudo:" "$names" \
            "install them, then run this again"
    fi
}

install_packages() {
    missing=$(missing_lines)
    [ -n "$missing" ] || return 0
    names=$(printf '%s\n' "$missing" | sed 's/ *|.*//' | tr '\n' ' ')
    say "asking apt for $(printf '%s\n' "$missing" | wc -l) missing packages"
    as_root apt-get -q -o DPkg::Lock::Timeout=300 -o Acquire::Retries=3 update
    names=$(printf '%s\n' "$missing" | while IFS= read -r line; do choose "$line"; done | tr '\n' ' ')
    say "installing $names"
    # shellcheck disable=SC2086
    as_root apt-get -q -y -o DPkg::Lock::Timeout=300 -o Acquire::Retries=3 \
        install --no-install-recommends $names
}

system_packages() {
    if command -v apt-get >/dev/null 2>&1 && command -v dpkg-query >/dev/null 2>&1; then
        install_packages
    else
        say "no apt here: the packages named in installer/linux/packages.txt must be there already"
    fi
}

# --- Python ------------------------------------------------------------------------------------

# Old enough versions lack tomllib; Debian splits ensurepip and Python.h into packages of their own.
serves() {
    "$1" - >/dev/null 2>&1 <<'PYTHON'
import ensurepip, os, sys, sysconfig, venv
header = os.path.join(sysconfig.get_path("include"), "Python.h")
sys.exit(sys.version_info < (3, 11) or not os.path.exists(header))
PYTHON
}

find_python() {
    for candidate in ${PYTHON:-} python3 /usr/bin/python3 python3.13 python3.12 python3.11; do
        if command -v "$candidate" >/dev/null 2>&1 && serves "$candidate"; then
            printf '%s\n' "$candidate"
            return
        fi
    done
}

# A .venv that was copied from elsewhere names the wrong folder in all its scripts.
venv_serves() {
    [ -x "$venv/bin/python" ] && [ "$("$venv/bin/python" -c '
import sys
print(sys.version_info >= (3, 11))' 2>/dev/null)" = True ] &&
        [ "$(cat "$venv/.made-for" 2>/dev/null)" = "$root" ]
}

make_venv() {
    venv_serves && return
    python=$(find_python)
    [ -n "$python" ] || die "no Python 3.11 or newer with venv, ensurepip and headers was found" \
        "found: $(python3 -V 2>&1 || true)" \
        "install python3.11, python3.11-venv and python3.11-dev (or newer), then run" \
        "    PYTHON=python3.11 make ..."
    say "making .venv with $("$python" -V) ($(command -v "$python"))"
    rm -rf "$venv"
    logged "$python" -m venv "$venv"
    printf '%s\n' "$root" >"$venv/.made-for"
}

# --- what is in .venv --------------------------------------------------------------------------

inputs() {
    cat "$root"/requirements/*.txt "$root/pyproject.toml" "$here/bootstrap.sh"
    printf '%s\n' "$root"
    "$venv/bin/python" -VV
}

fingerprint() { inputs | sha256sum | cut -d ' ' -f 1; }

pip() { logged "$venv/bin/python" -m pip --disable-pip-version-check --no-input "$@"; }

fill_venv() {
    now=$(fingerprint)
    [ "$(cat "$stamp" 2>/dev/null)" = "$now" ] && return
    rm -f "$stamp"
    say "installing the pinned requirements (a minute or two)"
    pip install --require-hashes --requirement "$root/requirements/build.txt"
    PATH=$venv/bin:$PATH # swig for pyscard
    pip install --require-hashes --no-build-isolation --requirement "$root/requirements/dev.txt"
    say "installing this clone into .venv"
    pip install --no-index --no-deps --no-build-isolation --config-settings editable_mode=compat \
        --editable "$root"
    printf '%s\n' "$now" >"$stamp"
}

# --- all of it ---------------------------------------------------------------------------------

# Two at once wait for each other.
take_turn() {
    exec 9<"$root/pyproject.toml"
    if command -v flock >/dev/null 2>&1; then flock 9; fi
}

mkdir -p "$root/out"
take_turn
: >"$log"
system_packages
make_venv
fill_venv
say "ready"
