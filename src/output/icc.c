#include "output/icc.h"

#include <lcms2.h>
#include <stdlib.h>
#include <string.h>

enum { ICC_DATE = 24, ICC_DATE_BYTES = 12, ICC_ID = 84, ICC_ID_BYTES = 16 };

static bool make_srgb(Buf *out)
{
    static const char fixed_date[ICC_DATE_BYTES] = {0x07, (char)0xd0, 0, 1, 0, 1}; /* 2000-01-01 */
    cmsUInt32Number length = 0;
    cmsHPROFILE profile = cmsCreate_sRGBProfile();
    if (!profile)
        return false;
    cmsSetProfileVersion(profile, 2.1);
    bool done = cmsSaveProfileToMem(profile, NULL, &length) && length > ICC_ID + ICC_ID_BYTES;
    char *bytes = done ? malloc(length) : NULL;
    done = bytes && cmsSaveProfileToMem(profile, bytes, &length);
    if (done) {
        memcpy(bytes + ICC_DATE, fixed_date, ICC_DATE_BYTES);
        memset(bytes + ICC_ID, 0, ICC_ID_BYTES);
        buf_add(out, bytes, length);
    }
    free(bytes);
    cmsCloseProfile(profile);
    return done;
}

bool icc_srgb(Buf *out)
{
    static Buf made; /* the same for all papers of the process */
    bool done = made.length > 0 || make_srgb(&made);
    if (done)
        buf_add(out, made.data, made.length);
    return done;
}
