/* Positions from ink: never from metrics or features, on which the fonts at hand disagree
 * (engine.md 1.4). */
#include <hb.h>

#include "base/utf8.h"
#include "typeset/font_internal.h"

static bool measure_ink(hb_font_t *outlines, uint32_t glyph, Ink *ink)
{
    hb_glyph_extents_t extents;
    if (!hb_font_get_glyph_extents(outlines, glyph, &extents) || extents.width == 0) {
        return false;
    }
    int advance = hb_font_get_glyph_h_advance(outlines, glyph);
    ink->left = extents.x_bearing;
    ink->right = advance - extents.x_bearing - extents.width;
    ink->top = extents.y_bearing;
    ink->bottom = extents.y_bearing + extents.height; /* HarfBuzz's heights point downwards */
    ink->centre = extents.y_bearing + extents.height / 2;
    return true;
}

/* Outlines are slow to read and marks are few: a slot for each, the newest staying. */
bool font_ink(FontSet *fonts, FontFile file, uint32_t glyph, Ink *ink)
{
    InkSlot *slot = &fonts->inks[(glyph * 31 + (uint32_t)file) % INK_SLOTS];
    if (!slot->taken || slot->glyph != glyph || slot->file != (int8_t)file) {
        *slot = (InkSlot){.glyph = glyph, .file = (int8_t)file, .taken = true};
        slot->found = measure_ink(fonts->fonts[file]->outlines, glyph, &slot->ink);
    }
    *ink = slot->ink;
    return slot->found;
}

/* Mean height of the ink's middle over the characters of `sample` that the font has. */
static bool mean_centre(FontSet *fonts, FontFile file, const char *sample, int *centre)
{
    int64_t sum = 0;
    int count = 0;
    for (uint32_t code = utf8_next(&sample); code != 0; code = utf8_next(&sample)) {
        hb_codepoint_t glyph;
        Ink ink;
        if (hb_font_get_nominal_glyph(fonts->fonts[file]->outlines, code, &glyph) &&
            measure_ink(fonts->fonts[file]->outlines, glyph, &ink)) {
            sum += ink.centre;
            count++;
        }
    }
    *centre = count > 0 ? (int)(sum / count) : 0;
    return count > 0;
}

/* The middle of Han stands 0.38 em above the baseline. The second half of the sample is for the
 * complements, which hold only what Fandol lacks. Latin faces stand with the digits of the Han
 * faces, which rise by Fandol's 0.08 em. */
int font_shift(FontSet *fonts, FontFile file)
{
    static const char HAN[] = "国务院关于做好数字政府建设工作的通知田日目回圆"
                              "啰瞭玥珺祎喆翀旻昉堃垚犇瑄赟昇燚镕甪浉瀍";
    static const char DIGITS[] = "0123456789";
    Font *font = fonts->fonts[file];
    int centre, body;
    if (font->calibrated) {
        return font->shift;
    }
    font->calibrated = true;
    if (file != FILE_LATIN && mean_centre(fonts, file, HAN, &centre)) {
        font->shift = FONT_EM * 38 / 100 - centre;
    } else if (font_load(fonts, FILE_FANG) && mean_centre(fonts, FILE_FANG, DIGITS, &body) &&
               mean_centre(fonts, file, DIGITS, &centre)) {
        font->shift = body + font_shift(fonts, FILE_FANG) - centre;
    }
    return font->shift;
}
