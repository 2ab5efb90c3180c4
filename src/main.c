#include <fcntl.h>
#include <locale.h>
#include <signal.h>
#include <unistd.h>

#include "cli.h"

/* Where one of the three standard descriptors is closed, the next file opened would take its place,
 * and what is meant for stdout would go into it. Read-only, so that writing to it is an error. */
static void fill_descriptors(void)
{
    int fd;
    do
        fd = open("/dev/null", O_RDONLY);
    while (fd >= 0 && fd <= STDERR_FILENO);
    if (fd >= 0)
        close(fd);
}

int main(int argc, char **argv)
{
    fill_descriptors();
    /* No output depends on the locale; messages are UTF-8 in the language that --lang names. */
    setlocale(LC_ALL, "C");
    signal(SIGPIPE, SIG_IGN); /* a closed pipe is a write error with a message, not a silent end */
    signal(SIGXFSZ, SIG_IGN);
    return cli_run(argc, argv);
}
