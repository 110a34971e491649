/* ZIP: local header and bytes of each member, then the directory, then its end record. Nothing is believed.
 */
/* SPDX-License-Identifier: MIT */
#include "data/zip.h"

#include <string.h>

#include "data/element.h"
#include "data/inflate.h"

enum {
    END_SIZE = 22,
    ENTRY_SIZE = 46,
    LOCAL_SIZE = 30,
    COMMENT_MOST = 65535,
    MEMBERS_MOST = 4096,
    NAME_MOST = 1024,
    RATIO_MOST = 1032,
    ZIP64_TAG = 1,
    FLAG_ENCRYPTED = 1,
    FLAG_DESCRIPTOR = 8,
    FLAG_STRONG = 64
};

#define END_MARK   0x06054B50u
#define ENTRY_MARK 0x02014B50u
#define LOCAL_MARK 0x04034B50u
#define ALL_ONES   0xFFFFFFFFu

uint32_t zip_crc(const void *bytes, size_t length) {
    static const uint32_t table[16] = {0x00000000, 0x1DB71064, 0x3B6E20C8, 0x26D930AC, 0x76DC4190, 0x6B6B51F4,
                                       0x4DB26158, 0x5005713C, 0xEDB88320, 0xF00F9344, 0xD6D6A3E8, 0xCB61B38C,
                                       0x9B64C2B0, 0x86D3D2D4, 0xA00AE278, 0xBDBDF21C};
    const unsigned char *p = bytes;
    uint32_t crc = ALL_ONES;
    for (size_t i = 0; i < length; i++) {
        crc ^= p[i];
        crc = crc >> 4 ^ table[crc & 15];
        crc = crc >> 4 ^ table[crc & 15];
    }
    return ~crc;
}

/* The directory while it is read. */
typedef struct reader {
    zip_archive *z;
    size_t at, end;   /* in the directory */
    size_t free_from; /* members before this byte are taken */
} reader;

/* What to do, by the code of the error. */
static const char *remedy(const char *code) {
    static const char *const table[][2] = {
        {"E302", "save the arrays that are needed, each as a file: numpy.save('a.npy', a)"},
        {"E330", "fetch or write the file again"},
        {"E331", "write it with numpy.savez or numpy.savez_compressed"},
        {"E332", "fetch or write the file again: numpy.savez('a.npz', a=a)"},
    };
    for (size_t i = 0; i < sizeof table / sizeof *table; i++)
        if (strcmp(table[i][0], code) == 0)
            return table[i][1];
    return "";
}

static bool wrong(const zip_archive *z, const char *code, size_t at, const char *what) {
    diagnose(z->source.diagnostics, GRADUS_BAD_FILE, code, "'%s', byte %zu: %s", z->source.name, at, what);
    diagnose_help(z->source.diagnostics, "%s", remedy(code));
    return false;
}

static uint32_t number(const zip_archive *z, size_t at, unsigned size) {
    return (uint32_t)bytes_little(z->bytes + at, size);
}

/* The end record, whose comment reaches just to the end of the file. */
static bool find_end(const zip_archive *z, size_t *at) {
    if (z->length < END_SIZE)
        return wrong(z, "E330", z->length, "the file is too short for a ZIP archive");
    size_t last = z->length - END_SIZE, first = last > COMMENT_MOST ? last - COMMENT_MOST : 0;
    for (size_t i = last + 1; i-- > first;)
        if (number(z, i, 4) == END_MARK && i + END_SIZE + number(z, i + 20, 2) == z->length) {
            *at = i;
            return true;
        }
    return wrong(z, "E330", z->length,
                 "the end of the ZIP directory is missing: the file is cut short or no archive");
}

static bool is_harmless(const unsigned char *name, size_t length) {
    if (length == 0 || length > NAME_MOST || name[0] == '/')
        return false;
    for (size_t i = 0; i < length; i++) {
        bool begins = i == 0 || name[i - 1] == '/';
        if (name[i] < 0x20 || name[i] == 0x7F || name[i] == '\\' || name[i] == ':')
            return false;
        if (begins && name[i] == '.' && i + 1 < length && name[i + 1] == '.' &&
            (i + 2 == length || name[i + 2] == '/'))
            return false;
    }
    return true;
}

static bool check_name(const zip_archive *z, size_t at, size_t length) {
    const unsigned char *name = z->bytes + at;
    if (!is_harmless(name, length))
        return wrong(z, "E332", at, "a member's name is empty, too long or leads out of the archive");
    for (size_t i = 0; i < z->members.count; i++)
        if (strlen(z->members.at[i].name) == length && memcmp(z->members.at[i].name, name, length) == 0)
            return wrong(z, "E332", at, "two members have the same name");
    return true;
}

static bool check_features(const zip_archive *z, size_t at, unsigned flags, const zip_member *m) {
    if (flags & (FLAG_ENCRYPTED | FLAG_STRONG))
        return wrong(z, "E331", at, "the archive is encrypted");
    if (m->method != 0 && m->method != 8)
        return wrong(z, "E331", at, "a member is compressed by a method other than deflate");
    if (m->packed == ALL_ONES || m->size == ALL_ONES || m->offset == ALL_ONES)
        return wrong(z, "E331", at, "members of 4 GiB (ZIP64) are not supported");
    return true;
}

static bool check_sizes(const zip_archive *z, size_t at, const zip_member *m) {
    if (m->method == 0 && m->packed != m->size)
        return wrong(z, "E332", at, "a stored member has two sizes");
    if (m->size / RATIO_MOST > m->packed)
        return wrong(z, "E332", at, "a member claims to be larger than its packed bytes can give");
    if (m->size > DATA_BYTES_MOST)
        return wrong(z, "E302", at, "a member is too large");
    return true;
}

/* The sizes in a ZIP64 field of a local header, which NumPy always writes; the directory has them in 32 bits.
 */
static bool local_sizes(const zip_archive *z, size_t extra, size_t length, uint64_t *size, uint64_t *packed) {
    size_t end = extra + length;
    while (end - extra >= 4) {
        size_t field = number(z, extra + 2, 2);
        if (field > end - extra - 4)
            return false;
        if (number(z, extra, 2) == ZIP64_TAG && field >= 16) {
            *size = bytes_little(z->bytes + extra + 4, 8);
            *packed = bytes_little(z->bytes + extra + 12, 8);
            return true;
        }
        extra += 4 + field;
    }
    return false;
}

static bool same_sizes(const zip_archive *z, const zip_member *m, size_t at, size_t name, size_t extra) {
    uint64_t packed = number(z, at + 18, 4), size = number(z, at + 22, 4);
    if (packed == ALL_ONES && size == ALL_ONES)
        local_sizes(z, at + LOCAL_SIZE + name, extra, &size, &packed);
    return packed == m->packed && size == m->size;
}

/* The header before the member's bytes must say what the directory says; it gives the place of the bytes. */
static bool check_local(reader *r, unsigned flags, zip_member *m) {
    const zip_archive *z = r->z;
    size_t at = m->offset, limit = r->end, length = strlen(m->name);
    if (at < r->free_from || at > limit || limit - at < LOCAL_SIZE)
        return wrong(z, "E330", at, "the members are not in order, overlap or lie outside the file");
    size_t name = number(z, at + 26, 2), extra = number(z, at + 28, 2);
    if (limit - at - LOCAL_SIZE < name + extra || number(z, at, 4) != LOCAL_MARK)
        return wrong(z, "E330", at, "there is no member where the directory says");
    bool same = number(z, at + 6, 2) == flags && number(z, at + 8, 2) == m->method && name == length &&
                memcmp(z->bytes + at + LOCAL_SIZE, m->name, length) == 0;
    if (same && !(flags & FLAG_DESCRIPTOR))
        same = number(z, at + 14, 4) == m->crc && same_sizes(z, m, at, name, extra);
    if (!same)
        return wrong(z, "E330", at, "a member and the directory do not say the same");
    m->offset = at + LOCAL_SIZE + name + extra;
    if (m->packed > limit - m->offset)
        return wrong(z, "E330", at, "a member reaches into the directory");
    r->free_from = m->offset + m->packed;
    return true;
}

static bool read_entry(reader *r, size_t directory_end) {
    zip_archive *z = r->z;
    size_t at = r->at;
    if (directory_end - at < ENTRY_SIZE || number(z, at, 4) != ENTRY_MARK)
        return wrong(z, "E330", at, "the directory is damaged");
    size_t name = number(z, at + 28, 2), rest = (size_t)number(z, at + 30, 2) + number(z, at + 32, 2);
    if (directory_end - at - ENTRY_SIZE < name + rest)
        return wrong(z, "E330", at, "the directory is damaged");
    unsigned flags = number(z, at + 8, 2);
    zip_member m = {.method = number(z, at + 10, 2),
                    .crc = number(z, at + 16, 4),
                    .packed = number(z, at + 20, 4),
                    .size = number(z, at + 24, 4),
                    .offset = number(z, at + 42, 4)};
    if (!check_name(z, at + ENTRY_SIZE, name) || !check_features(z, at, flags, &m) || !check_sizes(z, at, &m))
        return false;
    m.name = arena_copy_text(&z->strings, (const char *)z->bytes + at + ENTRY_SIZE, name);
    if (!m.name)
        return data_out_of_memory(&z->source);
    if (!check_local(r, flags, &m))
        return false;
    if (!array_push(z->source.memory, &z->members, m))
        return data_out_of_memory(&z->source);
    r->at = at + ENTRY_SIZE + name + rest;
    return true;
}

static bool read_directory(zip_archive *z) {
    size_t end = 0;
    if (!find_end(z, &end))
        return false;
    size_t count = number(z, end + 10, 2), size = number(z, end + 12, 4), begin = number(z, end + 16, 4);
    if (number(z, end + 4, 4) != 0 || number(z, end + 8, 2) != count)
        return wrong(z, "E331", end, "the archive is spread over several disks");
    if (count == 65535 || size == ALL_ONES || begin == ALL_ONES)
        return wrong(z, "E331", end, "archives of 4 GiB or 65535 members (ZIP64) are not supported");
    if (count > MEMBERS_MOST)
        return wrong(z, "E302", end, "the archive has more than 4096 members");
    if (begin > end || end - begin != size)
        return wrong(z, "E330", end, "the directory does not lie where its end record says");
    reader r = {.z = z, .at = begin, .end = begin};
    for (size_t i = 0; i < count; i++)
        if (!read_entry(&r, end))
            return false;
    return r.at == end ? true : wrong(z, "E330", r.at, "the directory has more entries than it says");
}

bool zip_open(const data_source *s, const void *bytes, size_t length, zip_archive *out) {
    *out = (zip_archive){.source = *s, .bytes = bytes, .length = length, .strings = arena_new(s->memory)};
    if (read_directory(out))
        return true;
    zip_close(out);
    return false;
}

void zip_close(zip_archive *z) {
    array_free(z->source.memory, &z->members);
    arena_free(&z->strings);
}

static bool unpack(const zip_archive *z, const zip_member *m, char *out) {
    if (m->method == 8)
        return inflate_exactly(&z->source, z->bytes + m->offset, m->packed, out, m->size);
    memcpy(out, z->bytes + m->offset, m->size);
    return true;
}

bool zip_extract(const zip_archive *z, const zip_member *m, char **out) {
    memory *heap = z->source.memory;
    char *block = memory_resize(heap, NULL, 0, m->size + 1);
    if (!block)
        return data_out_of_memory(&z->source);
    block[m->size] = 0;
    bool good = unpack(z, m, block);
    if (good && zip_crc(block, m->size) != m->crc)
        good = wrong(z, "E332", m->offset, "a member does not have its checksum: the file is damaged");
    if (!good)
        memory_free(heap, block, m->size + 1);
    else
        *out = block;
    return good;
}
