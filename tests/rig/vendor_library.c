/* A vendor's library that behaves as the file "behaviour" beside it says: one line for each of its
 * functions, "NAME VERB [NUMBER]"; the text of an answer lies in "NAME.answer". What it was asked
 * goes to "calls" and "NAME.asked". Everything is looked up in the process's own folder. */
#define _GNU_SOURCE
#include <pthread.h>
#include <signal.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

static pthread_t loader;

static int spilt(const char *text) {
    fputs(text, stdout);
    fputs(text, stderr);
    fflush(NULL);
    return write(STDOUT_FILENO, text, strlen(text)) != (ssize_t)strlen(text);
}

static void hang(void) {
    for (;;)
        pause();
}

static long behaviour(const char *name, char *verb, long *number) {
    char line[256], wanted[64];
    FILE *file = fopen("behaviour", "r");
    *number = 0;
    strcpy(verb, "answer");
    while (file && fgets(line, sizeof line, file))
        if (sscanf(line, "%63s %31s %ld", wanted, verb, number) >= 2 && !strcmp(wanted, name))
            break;
        else
            strcpy(verb, "answer"), *number = 0;
    if (file)
        fclose(file);
    return 0;
}

static void noted(const char *name, const char *asked) {
    char place[80];
    FILE *calls = fopen("calls", "a");
    fprintf(calls, "%s %s\n", name, pthread_equal(loader, pthread_self()) ? "" : "another thread");
    fclose(calls);
    if (asked) {
        snprintf(place, sizeof place, "%s.asked", name);
        FILE *file = fopen(place, "w");
        fputs(asked, file);
        fclose(file);
    }
}

static void answered(const char *name, char *out) {
    char place[80];
    snprintf(place, sizeof place, "%s.answer", name);
    FILE *file = fopen(place, "rb");
    size_t length = file ? fread(out, 1, 60000, file) : 0;
    out[length] = 0;
    if (file)
        fclose(file);
}

static int act(const char *name, const char *asked, char *out) {
    char verb[32];
    long number;
    behaviour(name, verb, &number);
    noted(name, asked);
    if (!strcmp(verb, "crash"))
        *(volatile int *)8 = 1;
    if (!strcmp(verb, "abort"))
        abort();
    if (!strcmp(verb, "leave"))
        exit(0);
    if (!strcmp(verb, "hang"))
        hang();
    if (!strcmp(verb, "slow"))
        usleep(number * 1000), number = 0;
    if (!strcmp(verb, "flood"))
        memset(out, 'A', number), number = 0;
    if (!strcmp(verb, "spill"))
        spilt("{\"id\": 1, \"fault\": \"\", \"code\": 0}\n"), getchar();
    if (!strcmp(verb, "offspring") && !fork())
        hang();
    if (strcmp(verb, "flood"))
        answered(name, out);
    return (int)number;
}

__attribute__((constructor)) static void load(void) {
    char verb[32];
    long number;
    loader = pthread_self();
    behaviour("load", verb, &number);
    if (!strcmp(verb, "hang"))
        hang();
    if (!strcmp(verb, "crash"))
        abort();
}

#ifndef EMPTY
long iReadCardBas(int type, char *out) {
    char asked[16];
    snprintf(asked, sizeof asked, "%d", type);
    return act("iReadCardBas", asked, out);
}

long iVerifyPIN(int type, char *out) {
    (void)type;
    return act("iVerifyPIN", NULL, out);
}

long iReadCardBas_HSM_Step1(int type, char *out) {
    (void)type;
    return act("iReadCardBas_HSM_Step1", NULL, out);
}

long iReadCardBas_HSM_Step2(char *key, char *out) {
    return act("iReadCardBas_HSM_Step2", key, out);
}

char *NationEcTrans(const char *url, const char *in, char *out) {
    static char returned[16];
    char asked[4096];
    snprintf(asked, sizeof asked, "%s\n%s", url, in);
    snprintf(returned, sizeof returned, "%04d", act("NationEcTrans", asked, out));
    return returned;
}

char *Nothing(void) { return NULL; }
#endif
