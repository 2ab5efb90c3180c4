#include "run/batch/progress.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

enum { SECOND = 1000000, BETWEEN = SECOND / 5, LINE = 256 };

static const struct {
    const char *done, *failed, *rate, *left;
} words[] = {
    [DIAG_CHINESE] = {"已出 %zu/%zu", "　没有出成 %zu", "　每秒 %.*f 份", "　还要 %lld 秒"},
    [DIAG_ENGLISH] = {"%zu of %zu", "  failed %zu", "  %.*f a second", "  %lld s left"},
};

Progress progress_begin(DiagLanguage language, int64_t now)
{
    const char *terminal = getenv("TERM");
    bool can = terminal && strcmp(terminal, "dumb") != 0 && isatty(STDERR_FILENO);
    return (Progress){.possible = can, .language = language, .begun = now, .drawn = now};
}

void progress_show(Progress *progress, size_t done, size_t failed, size_t total, int64_t now)
{
    if (!progress->possible || (progress->shown && now - progress->drawn < BETWEEN))
        return;
    char line[LINE];
    double seconds = (double)(now - progress->begun) / SECOND;
    double rate = seconds > 0 ? (double)done / seconds : 0;
    int length = snprintf(line, sizeof line, words[progress->language].done, done, total);
    if (failed > 0)
        length += snprintf(
            line + length, sizeof line - (size_t)length, words[progress->language].failed, failed);
    if (rate > 0) {
        length += snprintf(line + length, sizeof line - (size_t)length,
            words[progress->language].rate, rate < 10 ? 1 : 0, rate);
        snprintf(line + length, sizeof line - (size_t)length, words[progress->language].left,
            (long long)((double)(total - done) / rate + 1));
    }
    fprintf(stderr, "\r%s\033[K", line);
    progress->drawn = now;
    progress->shown = true;
}

void progress_wipe(Progress *progress)
{
    if (progress->shown)
        fputs("\r\033[K", stderr);
    progress->shown = false;
}
