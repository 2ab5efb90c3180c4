#include "output/icc.h"

#include <lcms2.h>
#include <string.h>

enum { ICC_DATE = 24, ICC_DATE_BYTES = 12, ICC_ID = 84, ICC_ID_BYTES = 16 };

bool icc_srgb(Buf *out)
{
    static const char fixed_date[ICC_DATE_BYTES] = {0x07, (char)0xd0, 0, 1, 0, 1}; /* 2000-01-01 */
    cmsUInt32Number length = 0;
    cmsHPROFILE profile = cmsCreate_sRGBProfile();
    if (!profile)
        return false;
    cmsSetProfileVersion(profile, 2.1);
    size_t start = out->length;
    bool done = cmsSaveProfileToMem(profile, NULL, &length);
    if (done) {
        for (cmsUInt32Number i = 0; i < length; i++)
            buf_add(out, "", 1);
        done = cmsSaveProfileToMem(profile, out->data + start, &length);
        memcpy(out->data + start + ICC_DATE, fixed_date, ICC_DATE_BYTES);
        memset(out->data + start + ICC_ID, 0, ICC_ID_BYTES);
    }
    cmsCloseProfile(profile);
    return done;
}
