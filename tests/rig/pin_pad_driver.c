/* A reader with a PIN pad for pcscd: the virtual reader's driver, and keys that a file presses.
 *
 * Installed as NAME.so beside a copy of vpcd's driver called NAME.so.vpcd; the digits are read from
 * NAME.so.keys when the pad is asked for them ("cancel" and "timeout" do that instead).
 */
#define _GNU_SOURCE
#include <dlfcn.h>
#include <ifdhandler.h>
#include <reader.h>
#include <stdint.h>
#include <stdio.h>
#include <string.h>

#define VERIFY_CODE SCARD_CTL_CODE(0x330006)

static void beside(char *path, size_t size, const char *suffix)
{
    Dl_info self;
    dladdr((void *)beside, &self);
    snprintf(path, size, "%s.%s", self.dli_fname, suffix);
}

static void *real(const char *name)
{
    static void *library;
    char path[4096];
    if (!library) {
        beside(path, sizeof path, "vpcd");
        library = dlopen(path, RTLD_NOW | RTLD_LOCAL);
    }
    return library ? dlsym(library, name) : NULL;
}

#define FORWARD(name, declared, given) \
    RESPONSECODE name declared \
    { \
        RESPONSECODE(*function) declared = real(#name); \
        return function ? function given : IFD_COMMUNICATION_ERROR; \
    }

FORWARD(IFDHCreateChannelByName, (DWORD lun, LPSTR name), (lun, name))
FORWARD(IFDHCreateChannel, (DWORD lun, DWORD channel), (lun, channel))
FORWARD(IFDHCloseChannel, (DWORD lun), (lun))
FORWARD(IFDHGetCapabilities, (DWORD lun, DWORD tag, PDWORD length, PUCHAR value), (lun, tag, length, value))
FORWARD(IFDHSetCapabilities, (DWORD lun, DWORD tag, DWORD length, PUCHAR value), (lun, tag, length, value))
FORWARD(IFDHSetProtocolParameters, (DWORD lun, DWORD protocol, UCHAR flags, UCHAR p1, UCHAR p2, UCHAR p3),
        (lun, protocol, flags, p1, p2, p3))
FORWARD(IFDHPowerICC, (DWORD lun, DWORD action, PUCHAR atr, PDWORD length), (lun, action, atr, length))
FORWARD(IFDHTransmitToICC,
        (DWORD lun, SCARD_IO_HEADER send, PUCHAR command, DWORD size, PUCHAR answer, PDWORD length, PSCARD_IO_HEADER got),
        (lun, send, command, size, answer, length, got))
FORWARD(IFDHICCPresence, (DWORD lun), (lun))

static RESPONSECODE says(uint16_t status, PUCHAR answer, LPDWORD length)
{
    answer[0] = status >> 8;
    answer[1] = status & 0xFF;
    *length = 2;
    return IFD_SUCCESS;
}

/* Every field that the standard fixes is checked: a wrong structure enters no PIN. */
static int sound(const PIN_VERIFY_STRUCTURE *asked, DWORD size)
{
    return size == sizeof *asked + asked->ulDataLength && asked->ulDataLength == 8
        && asked->bmFormatString == 0x81 && asked->bmPINBlockString == 3
        && asked->bmPINLengthFormat == 0 && asked->wPINMaxExtraDigit == 0x0606
        && asked->bEntryValidationCondition == 2 && asked->bTimerOut > 0
        && !memcmp(asked->abData, "\x00\x20\x00\x00\x03\xff\xff\xff", 8);
}

static RESPONSECODE verify(DWORD lun, PUCHAR told, DWORD size, PUCHAR answer, DWORD room, LPDWORD length)
{
    char path[4096], keys[64] = "";
    SCARD_IO_HEADER header = {0, 0}, got = {0, 0};
    UCHAR command[8];
    FILE *file;

    beside(path, sizeof path, "keys");
    if ((file = fopen(path, "r"))) {
        if (!fgets(keys, sizeof keys, file))
            keys[0] = 0;
        fclose(file);
    }
    if (!sound((PIN_VERIFY_STRUCTURE *)told, size))
        return says(0x6B80, answer, length);
    if (!strcmp(keys, "timeout"))
        return says(0x6400, answer, length);
    if (!strcmp(keys, "cancel"))
        return says(0x6401, answer, length);
    if (strlen(keys) != 6)
        return says(0x6403, answer, length);
    memcpy(command, "\x00\x20\x00\x00\x03", 5);
    for (int at = 0; at < 3; at++)
        command[5 + at] = (keys[2 * at] - '0') << 4 | (keys[2 * at + 1] - '0');
    *length = room;
    return IFDHTransmitToICC(lun, header, command, sizeof command, answer, length, &got);
}

RESPONSECODE IFDHControl(DWORD lun, DWORD code, PUCHAR told, DWORD size, PUCHAR answer, DWORD room, LPDWORD length)
{
    static const UCHAR features[] = {FEATURE_VERIFY_PIN_DIRECT, 4, VERIFY_CODE >> 24,
        VERIFY_CODE >> 16 & 0xFF, VERIFY_CODE >> 8 & 0xFF, VERIFY_CODE & 0xFF};
    if (code == CM_IOCTL_GET_FEATURE_REQUEST && room >= sizeof features) {
        memcpy(answer, features, sizeof features);
        *length = sizeof features;
        return IFD_SUCCESS;
    }
    if (code == VERIFY_CODE)
        return verify(lun, told, size, answer, room, length);
    *length = 0;
    return IFD_ERROR_NOT_SUPPORTED;
}
