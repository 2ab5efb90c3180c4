#include <locale.h>
#include <signal.h>

#include "cli.h"

int main(int argc, char **argv)
{
    /* No output depends on the locale; messages are UTF-8 in the language that --lang names. */
    setlocale(LC_ALL, "C");
    signal(SIGPIPE, SIG_IGN); /* a closed pipe is a write error with a message, not a silent end */
    signal(SIGXFSZ, SIG_IGN);
    return cli_run(argc, argv);
}
