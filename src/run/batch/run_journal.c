#include "run/batch/run_journal.h"

#include <errno.h>
#include <stdint.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

#include "output/lock.h"
#include "output/sink.h"
#include "run/outputs.h"

struct Journal {
    const Session *session;
    Diags *diags;
    const char *path;
    Lock lock;
    RunReport *report;
    off_t end; /* behind the last whole row */
};

static bool fail(const Journal *j, DiagCode code)
{
    int error = errno;
    diag_add(j->diags, code, NULL, j->path, diag_system_text(j->diags, error));
    sink_hint_space(j->path, error, j->diags);
    return false;
}

/* ---- opening ---- */

static bool take_lock(Journal *j)
{
    switch (lock_take(&j->lock, j->path, false)) {
    case LOCK_HELD:
        return true;
    case LOCK_TAKEN:
        diag_add(j->diags, DIAG_E565, NULL, j->path, (long)j->lock.owner);
        diag_hint(j->diags, DIAG_H565);
        return false;
    case LOCK_FAULT:
        break;
    }
    return fail(j, DIAG_E568);
}

/* What an office has saved in a form of its own is put into ours, under its name, with nothing
 * lost. The new file is locked before the lock of the old one ends: nobody gets in between. */
static bool rewrite(Journal *j)
{
    Buf text = {0};
    Lock old = j->lock;
    report_write(j->report, REPORT_CSV, &text);
    bool saved = sink_save(j->path, text.data, text.length, j->diags), done = saved && take_lock(j);
    if (saved)
        lock_release(&old);
    j->end = (off_t)text.length;
    buf_free(&text);
    return done;
}

/* A folder may be read-only though the report in it can be written. */
static bool probe_folder(const Journal *j)
{
    Sink *sink = sink_open(j->path, j->diags);
    sink_discard(sink);
    return sink != NULL;
}

static bool read_report(Journal *j)
{
    Buf bytes = {0};
    size_t whole = 0;
    if (!buf_read(&bytes, j->lock.file, SIZE_MAX))
        return fail(j, DIAG_E568);
    j->report = report_read(
        j->session->arena, j->path, bytes.data ? bytes.data : "", bytes.length, &whole, j->diags);
    j->end = (off_t)whole;
    bool foreign = j->report && whole == 0 && j->report->count > 0;
    buf_free(&bytes);
    return j->report && (!foreign || rewrite(j));
}

Journal *journal_open(const Session *session, const char *path)
{
    Journal *j = ARENA_NEW(session->arena, Journal);
    *j = (Journal){.session = session, .diags = session->diags, .path = path, .lock = {.file = -1}};
    if (output_folders(session, path) && take_lock(j) && read_report(j) && probe_folder(j))
        return j;
    journal_close(j);
    return NULL;
}

RunReport *journal_report(Journal *journal)
{
    return journal->report;
}

/* ---- writing ---- */

static bool write_all(int file, const char *bytes, size_t length)
{
    while (length > 0) {
        ssize_t n = write(file, bytes, length);
        if (n < 0 && errno == EINTR)
            continue;
        if (n < 0)
            return false;
        bytes += n;
        length -= (size_t)n;
    }
    return true;
}

/* Behind the last whole row; on failure nothing of it stays. */
static bool append(Journal *j, const Buf *text, bool durable)
{
    static const char mark[] = "\xEF\xBB\xBF";
    size_t skip = j->end > 0 ? strlen(mark) : 0; /* every buffer of rows begins with it */
    bool done = lseek(j->lock.file, j->end, SEEK_SET) == j->end &&
                write_all(j->lock.file, text->data + skip, text->length - skip) &&
                (!durable || fsync(j->lock.file) == 0 || errno == EINVAL);
    if (done) {
        j->end += (off_t)(text->length - skip);
        return true;
    }
    int error = errno;
    if (ftruncate(j->lock.file, j->end) != 0)
        error = errno;
    errno = error;
    return fail(j, DIAG_E568);
}

bool journal_plan(Journal *j)
{
    Buf text = {0};
    if (j->end == 0)
        report_write_head(&text);
    for (size_t i = 0; i < j->report->count; i++)
        if (j->report->rows[i].ours)
            report_write_row(j->report, &j->report->rows[i], &text);
    report_write_run(j->report, &text);
    bool done = ftruncate(j->lock.file, j->end) == 0 ? append(j, &text, true) : fail(j, DIAG_E568);
    buf_free(&text);
    return done;
}

bool journal_add(Journal *j, const ReportRow *row)
{
    Buf text = {0};
    report_write_row(j->report, row, &text);
    bool done = append(j, &text, false);
    buf_free(&text);
    return done;
}

bool journal_finish(Journal *j)
{
    return report_save(j->report, REPORT_CSV, j->path, j->diags);
}

void journal_close(Journal *j)
{
    if (!j)
        return;
    /* One that this run has made and could not even plan is no report. */
    if (j->lock.file >= 0 && j->lock.made && j->end == 0)
        unlink(j->path);
    lock_release(&j->lock);
}
