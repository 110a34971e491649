/* ZIP archives in memory, as far as NPZ needs them: stored and deflated members. */
/* SPDX-License-Identifier: MIT */
#ifndef GRADUS_DATA_ZIP_H
#define GRADUS_DATA_ZIP_H

#include "data/dense.h"

typedef struct zip_member {
    const char *name; /* closed by 0; harmless: no path upward, no control characters */
    unsigned method;  /* 0 stored, 8 deflated */
    uint32_t crc;
    size_t offset, packed, size; /* `packed` bytes from `offset` give `size` */
} zip_member;

typedef struct zip_archive {
    data_source source;
    const unsigned char *bytes; /* not owned */
    size_t length;
    arena strings;
    ARRAY(zip_member) members;
} zip_archive;

/* Reads and checks the directory: every member lies inside the file, in order and without overlap, with one
 * name of its own and the same header at both places. Encryption, ZIP64, several disks and other methods are
 * refused, and so is a member that claims to be larger than its packed bytes can give. Close after success
 * only. */
bool zip_open(const data_source *s, const void *bytes, size_t length, zip_archive *out);
void zip_close(zip_archive *z);

/* The bytes of a member, its checksum checked. A block of member->size + 1 bytes, freed by that size. */
bool zip_extract(const zip_archive *z, const zip_member *member, char **out);

/* CRC-32 as in ZIP and gzip. */
uint32_t zip_crc(const void *bytes, size_t length);

/* Writes stored members with a fixed date, so that equal content gives equal bytes. */
typedef struct zip_writer {
    text *out;
    text directory;
    size_t begin, count;
} zip_writer;

zip_writer zip_begin(text *out);
/* False when the archive would need ZIP64 (4 GiB or 65535 members); lack of memory shows in
 * out->memory->failed. */
bool zip_add(zip_writer *w, const char *name, const char *bytes, size_t length);
bool zip_end(zip_writer *w);

#endif
