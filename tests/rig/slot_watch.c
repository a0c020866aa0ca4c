/* Times every event that Qt delivers on one thread, below Python: no slot waits for the interpreter
 * because it is watched. Qt asks this library before each delivery (QInternal::EventNotifyCallback);
 * it delivers the outermost ones itself and notes those that took long. What is delivered within
 * another event belongs to that one. A loop that runs within a slot (a dialog, processEvents) holds
 * nothing while it polls: GLib polls by this library, which ends a stretch there and begins another.
 * All times are nanoseconds. */
#define _GNU_SOURCE
#include <dirent.h>
#include <dlfcn.h>
#include <fcntl.h>
#include <poll.h>
#include <pthread.h>
#include <sched.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <time.h>
#include <unistd.h>

enum { EVENT_NOTIFY = 0, EXPOSE = 206, HOLDS = 1024, THREADS = 256, FRESH = 5000000 };
enum { PIECES = 5, WARM = 20, STEPS = 40000, CELLS = 1 << 18, PROCESSORS = 64, STAT = 8192 };

typedef struct {
    long long began, wall, computed, delayed, delayed_other, delayed_screen;
    long long rivals, others, stolen;
    long long piece, best_piece;
    int event, processors;
    char receiver[64];
} Hold;

typedef struct {
    long long looked, computed, of_process, screen_delay;
    int count;
    int thread[THREADS];
    long long delay[THREADS];
    long long idle, stolen[PROCESSORS];
    int processors, processor;
} Machine;

typedef struct {
    long long wall, computed, delayed;
} Clocks;

typedef int (*Notify)(void *receiver, void *event);
typedef char (*Callback)(void **told);
typedef int (*Poll)(struct pollfd *, unsigned, int);

long long slots_since;
/* When the slot began that runs now; 0 while none does. */

static pthread_t home;
static Notify deliver;
static long long limit;
static int begun, within, off, spoiled, own_delays, steal = -1, count;
static Clocks began;
static Machine before;
static long long best_piece = 1LL << 62;
static unsigned cells[CELLS];
static const char *screen;
/* The number of the screen's own process, for which a picture may wait. */
static Hold holds[HOLDS];

static long long clock_of(clockid_t which) {
    struct timespec time;
    clock_gettime(which, &time);
    return time.tv_sec * 1000000000LL + time.tv_nsec;
}

static long long delay_in(int file) {
    char text[96];
    long length = file < 0 ? 0 : pread(file, text, sizeof text - 1, 0);
    long long delay = 0;
    text[length > 0 ? length : 0] = 0;
    sscanf(text, "%*s %lld", &delay);
    return delay;
}

static long long delay_of(const char *process, int thread) {
    char place[96];
    snprintf(place, sizeof place, "/proc/%.32s/task/%d/schedstat", process, thread);
    int file = open(place, O_RDONLY | O_CLOEXEC);
    long long delay = delay_in(file);
    if (file >= 0)
        close(file);
    return delay;
}

static void add_processor(Machine *machine, const char *line) {
    long long idle = 0, waiting = 0, stolen = 0;
    sscanf(line, "%*s %*s %*s %*s %lld %lld %*s %*s %lld", &idle, &waiting, &stolen);
    long long tick = 1000000000LL / sysconf(_SC_CLK_TCK);
    machine->idle += (idle + waiting) * tick;
    machine->stolen[machine->processors++] = stolen * tick;
}

static void look_at_processors(Machine *machine) {
    char text[STAT];
    long length = steal < 0 ? 0 : pread(steal, text, sizeof text - 1, 0);
    text[length > 0 ? length : 0] = 0;
    machine->idle = machine->processors = 0;
    char *line = strstr(text, "\ncpu");
    for (; line && machine->processors < PROCESSORS; line = strstr(line + 1, "\ncpu"))
        add_processor(machine, line + 1);
    machine->processor = sched_getcpu();
}

static void add(Machine *machine, int thread) {
    machine->thread[machine->count] = thread;
    machine->delay[machine->count++] = delay_of("self", thread);
}

static void look(Machine *machine) {
    DIR *threads = opendir("/proc/self/task");
    struct dirent *entry;
    machine->count = 0;
    while (threads && (entry = readdir(threads)) && machine->count < THREADS - 1) {
        int thread = atoi(entry->d_name);
        if (thread && thread != getpid())
            add(machine, thread);
    }
    machine->screen_delay = screen ? delay_of(screen, atoi(screen)) : 0;
    if (threads)
        closedir(threads);
    look_at_processors(machine);
    machine->computed = clock_of(CLOCK_THREAD_CPUTIME_ID);
    machine->of_process = clock_of(CLOCK_PROCESS_CPUTIME_ID);
    machine->looked = clock_of(CLOCK_MONOTONIC);
}

static long long delay_since(const Machine *then, const Machine *now, int at) {
    for (int was = 0; was < then->count; was++)
        if (then->thread[was] == now->thread[at])
            return now->delay[at] - then->delay[was];
    return now->delay[at];
}

/* Of this program's other threads: how long the one stood ready that did so longest, and how long
 * all of them together ran or would have. */
static void compare_threads(Hold *hold, const Machine *then, const Machine *now) {
    hold->delayed_other = 0;
    hold->rivals = now->of_process - then->of_process - (now->computed - then->computed);
    for (int at = 0; at < now->count; at++) {
        long long delay = delay_since(then, now, at);
        hold->rivals += delay;
        hold->delayed_other = delay > hold->delayed_other ? delay : hold->delayed_other;
    }
}

/* What the processors neither did for this program nor stood idle: done, or taken, for others. The
 * system tells of idleness in ticks, of which one is doubtful. */
static long long done_for_others(const Machine *then, const Machine *now) {
    long long tick = 1000000000LL / sysconf(_SC_CLK_TCK);
    long long idle = now->idle - then->idle - tick;
    long long room = now->processors * (now->looked - then->looked);
    long long others = room - (now->of_process - then->of_process) - (idle > 0 ? idle : 0);
    return others > 0 ? others : 0;
}

/* Taken from the processor that the thread was on; where it moved, from one on the average. */
static long long stolen_since(const Machine *then, const Machine *now) {
    long long all = 0;
    int at = now->processor;
    if (at == then->processor && at >= 0 && at < now->processors)
        return now->stolen[at] - then->stolen[at];
    for (at = 0; at < now->processors; at++)
        all += now->stolen[at] - then->stolen[at];
    return now->processors ? all / now->processors : 0;
}

static void compare(Hold *hold, const Machine *then, const Machine *now) {
    compare_threads(hold, then, now);
    hold->delayed_screen = now->screen_delay - then->screen_delay;
    hold->others = done_for_others(then, now);
    hold->stolen = stolen_since(then, now);
    hold->processors = now->processors;
}

/* A known piece of work, in memory as wide as a processor's own: what no clock of the system tells is
 * how slow a processor is whose other half, or whose memory, another program uses. */
static long long piece(void) {
    long long since = clock_of(CLOCK_THREAD_CPUTIME_ID);
    unsigned at = 1;
    for (int step = 0; step < STEPS; step++) {
        at = at * 1664525u + 1013904223u;
        ((volatile unsigned *)cells)[at >> 14] += at;
    }
    long long took = clock_of(CLOCK_THREAD_CPUTIME_ID) - since;
    best_piece = took < best_piece ? took : best_piece;
    return took;
}

static int longer(const void *one, const void *other) {
    long long more = *(long long *)one - *(long long *)other;
    return (more > 0) - (more < 0);
}

static long long middle_piece(void) {
    long long took[PIECES];
    for (int at = 0; at < PIECES; at++)
        took[at] = piece();
    qsort(took, PIECES, sizeof *took, longer);
    return took[PIECES / 2];
}

static void begin(void) {
    if (clock_of(CLOCK_MONOTONIC) - before.looked > FRESH)
        look(&before);
    within = 1, spoiled = off;
    began.delayed = delay_in(own_delays);
    began.computed = clock_of(CLOCK_THREAD_CPUTIME_ID);
    began.wall = slots_since = clock_of(CLOCK_MONOTONIC);
}

static void judge(int event, const char *receiver) {
    long long wall = clock_of(CLOCK_MONOTONIC) - began.wall;
    if (spoiled || !begun || wall < limit || count == HOLDS)
        return;
    Hold *hold = &holds[count++];
    hold->began = began.wall, hold->wall = wall, hold->event = event;
    hold->computed = clock_of(CLOCK_THREAD_CPUTIME_ID) - began.computed;
    hold->delayed = delay_in(own_delays) - began.delayed;
    snprintf(hold->receiver, sizeof hold->receiver, "%s", receiver);
    Machine now;
    look(&now);
    compare(hold, &before, &now);
    before = now;
    hold->piece = middle_piece(), hold->best_piece = best_piece;
}

static void end(void) { within = 0, slots_since = 0; }

/* The name of a C++ object's class, as its type information has it: read before the delivery,
 * which may delete the object. */
static const char *class_of(void *object) {
    void **table = *(void ***)object, **information = table[-1];
    return information ? information[1] : "?";
}

static char notified(void **told) {
    if (within || !pthread_equal(pthread_self(), home))
        return 0;
    int event = *(unsigned short *)((char *)told[1] + sizeof(void *));
    const char *receiver = class_of(told[0]);
    begun = begun || event == EXPOSE;
    begin();
    *(char *)told[2] = deliver(told[0], told[1]) & 1;
    judge(event, receiver);
    end();
    return 1;
}

static int polled(struct pollfd *files, unsigned length, int wait) {
    int here = pthread_equal(pthread_self(), home), slot = here && within, event = 0;
    if (slot) {
        judge(event, "a loop within a slot");
        end();
    }
    int ready = poll(files, length, wait);
    if (slot)
        begin(), within = 0; /* what is left of the slot counts from here */
    return ready;
}

/* From the first picture on, or at once; raises nothing: 0 when Qt is not there. */
int slots_watch(long long shortest, int at_once) {
    void *core = dlopen("libQt6Core.so.6", RTLD_LAZY | RTLD_NOLOAD);
    void *glib = dlopen("libglib-2.0.so.0", RTLD_LAZY | RTLD_NOLOAD);
    if (!core)
        return 0;
    char (*watch)(int, Callback) =
        dlsym(core, "_ZN9QInternal16registerCallbackENS_8CallbackEPFbPPvE");
    deliver = dlsym(core, "_ZN16QCoreApplication15notifyInternal2EP7QObjectP6QEvent");
    if (!watch || !deliver)
        return 0;
    void (*set_poll)(void *, Poll) = glib ? dlsym(glib, "g_main_context_set_poll_func") : NULL;
    home = pthread_self();
    screen = getenv("SCREEN_SERVER");
    limit = shortest, begun = at_once;
    own_delays = open("/proc/thread-self/schedstat", O_RDONLY | O_CLOEXEC);
    steal = open("/proc/stat", O_RDONLY | O_CLOEXEC);
    for (int warm = 0; warm < WARM; warm++)
        piece();
    if (set_poll)
        set_poll(NULL, polled);
    return watch(EVENT_NOTIFY, notified) & 1;
}

/* What runs while it is off is not judged, nor is the slot that switched it off. */
void slots_off(int more) {
    off += more;
    spoiled = 1;
}

/* A call that the thread makes outside of Qt's loop, timed as a slot: whether it is the outermost. */
int slots_enter(void) {
    if (within)
        return 0;
    begin();
    return 1;
}

void slots_leave(const char *receiver) {
    judge(0, receiver);
    end();
}

int slots_take(Hold *taken, int room) {
    int many = count < room ? count : room;
    memcpy(taken, holds, many * sizeof *holds);
    count = 0;
    return many;
}
