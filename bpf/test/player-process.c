/* SPDX-License-Identifier: MIT */
#include "test/player-process.h"

#include <limits.h>
#include <stdio.h>
#include <string.h>
#include <sys/wait.h>
#include <unistd.h>

/* Until exec, the child runs our own code, which has the same probes. */
static void await_exec(pid_t pid)
{
    char link[64], own[PATH_MAX], executable[PATH_MAX];
    snprintf(link, sizeof(link), "/proc/%d/exe", pid);
    ssize_t own_length = readlink("/proc/self/exe", own, sizeof(own)), length;
    do
        length = readlink(link, executable, sizeof(executable));
    while (length == own_length && memcmp(own, executable, length) == 0);
}

pid_t player_start(const char *player, const char *const *arguments)
{
    const char *all[64] = {player};
    for (int i = 0; arguments[i] && i < 62; i++)
        all[i + 1] = arguments[i];
    pid_t pid = fork();
    if (pid == 0) {
        close(STDOUT_FILENO);
        execv(player, (char *const *)all);
        _exit(127);
    }
    await_exec(pid);
    return pid;
}

bool player_ended(pid_t pid, int *status, struct rusage *usage)
{
    if (wait4(pid, status, WNOHANG, usage) != pid)
        return false;
    *status = WIFEXITED(*status) ? WEXITSTATUS(*status) : 128 + WTERMSIG(*status);
    return true;
}
