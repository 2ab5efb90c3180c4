/* The command line: argv in, exit status out (language.md 7). Results go to stdout, messages to
 * stderr. */
#ifndef CLI_H
#define CLI_H

int cli_run(int argc, char **argv);

#endif
