/* Which file serves which role (engine.md 2.2, performance.md “Fonts”): Fandol first; then the
 * complement that brings it to all 8105 characters of 通用规范汉字表; the whole Noto last, since
 * one glyph of it costs Cairo 48 KB. */
#include "typeset/font_internal.h"

const FontFileRow FONT_FILES[FILE_COUNT] = {
    /* flat table */
    [FILE_FANG] = {"FandolFang-Regular.otf", NULL},
    [FILE_SONG_BOLD] = {"FandolSong-Bold.otf", NULL},
    [FILE_HEI] = {"FandolHei-Regular.otf", NULL},
    [FILE_KAI] = {"FandolKai-Regular.otf", NULL},
    [FILE_SONG] = {"FandolSong-Regular.otf", NULL},
    [FILE_LATIN] = {"LiberationSerif-Regular.ttf", NULL},
    [FILE_SONG_RARE] = {"WenyinSongRare-Regular.otf", NULL},
    [FILE_SONG_RARE_BOLD] = {"WenyinSongRare-Bold.otf", NULL},
    [FILE_HEI_RARE] = {"WenyinHeiRare-Regular.otf", NULL},
    [FILE_SERIF] = {"NotoSerifCJK-Regular.ttc", "NotoSerifCJKsc-Regular"},
    [FILE_SERIF_BOLD] = {"NotoSerifCJK-Bold.ttc", "NotoSerifCJKsc-Bold"},
    [FILE_SANS] = {"NotoSansCJK-Regular.ttc", "NotoSansCJKsc-Regular"},
};

/* FandolKai's digits are 0.555 em wide and would leave the grid: the Fang's are taken instead. */
const RoleRow FONT_ROLES[ROLE_COUNT] = {
    /* flat table */
    [ROLE_BODY] = {"正文（仿宋）", "body (FangSong)", {FILE_FANG, FILE_SONG_RARE, FILE_SERIF},
        FILE_FANG},
    [ROLE_TITLE] = {"标题（小标宋）", "title (XiaoBiaoSong)",
        {FILE_SONG_BOLD, FILE_SONG_RARE_BOLD, FILE_SERIF_BOLD}, FILE_SONG_BOLD},
    [ROLE_HEI] = {"黑体", "HeiTi", {FILE_HEI, FILE_HEI_RARE, FILE_SANS}, FILE_HEI},
    [ROLE_KAI] = {"楷体", "KaiTi", {FILE_KAI, FILE_SONG_RARE, FILE_SERIF}, FILE_FANG},
    [ROLE_SONG] = {"宋体", "SongTi", {FILE_SONG, FILE_SONG_RARE, FILE_SERIF}, FILE_SONG},
    [ROLE_KAI_BOLD] = {"楷体粗", "KaiTi bold", .bold = true, .plain = ROLE_KAI},
    [ROLE_BODY_BOLD] = {"仿宋粗", "FangSong bold", .bold = true, .plain = ROLE_BODY},
};
