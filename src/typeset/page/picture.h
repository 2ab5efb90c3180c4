/* Pictures on pages, for figures and photographs. Internal to typeset/page/. */
#ifndef TYPESET_PAGE_PICTURE_H
#define TYPESET_PAGE_PICTURE_H

#include "typeset/page/page_internal.h"

/* A picture that its caption leaves less room than this on an empty page is an error. */
#define PICTURE_LEAST LENGTH_MM(20)

/* The type area that an item will stand in: upright, or that of the turned sheet. */
PageGrid picture_grid(const PageBuilder *builder, const Item *item);
/* The width that belongs to a height, and the height to a width, as the picture is seen. */
Length picture_width(const DocPicture *picture, Length height);
Length picture_height(const DocPicture *picture, Length width);
/* The width at which a picture has so many pixels an inch. */
Length picture_width_at(const DocPicture *picture, int dpi);
/* Warns of a picture that has too few pixels for its width: it will be printed in blocks. */
void picture_check(PageBuilder *builder, const DocPicture *picture, Length width);
/* What it shows, for those who have the paper read to them: 整改后，长塘村村口. `label` and `caption`
 * may be NULL; of a tagged paper a picture without either is warned of. */
const char *picture_alt(PageBuilder *builder, const DocPicture *picture, const char *label,
    const Inline *caption);
/* Into the frame on the page in hand; tagged in the group as what `alt` says. Nothing is tagged
 * behind it. */
void picture_place(PageBuilder *builder, const DocPicture *picture, const Rect *frame, int group,
    const char *alt);

#endif
