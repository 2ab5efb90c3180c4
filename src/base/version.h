/* The program's name and version, as --version and the PDF's metadata say them. */
#ifndef BASE_VERSION_H
#define BASE_VERSION_H

#define WENYIN_VERSION "0.1"

#endif
