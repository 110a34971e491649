# Reads names of source files, one a line; prints every include that the order of the rooms forbids, and
# exits 1 if there was one. -v rooms="base data ..." gives the order.
# SPDX-License-Identifier: MIT

BEGIN {
    count = split(rooms, list, " ")
    for (i = 1; i <= count; i++)
        place[list[i]] = i
    place["cli"] = count + 1
    count = split("assert complex ctype errno fenv float inttypes iso646 limits locale math setjmp " \
        "signal stdalign stdarg stdatomic stdbool stddef stdint stdio stdlib stdnoreturn string " \
        "tgmath threads time uchar wchar wctype", list, " ")
    for (i = 1; i <= count; i++)
        standard[list[i] ".h"] = 1
    standard["complex"] = 1 # what C++ has in place of complex.h
}

{
    file = $0
    split(file, part, "/")
    room = part[2]
    if (part[1] == "src" && !(room in place))
        complain(0, "src/" room " is not a room: cmake/rooms.txt names the rooms")
    directory = file
    sub("/[^/]*$", "", directory)
    for (number = 1; (getline line < file) > 0; number++)
        if (line ~ /^[ \t]*#[ \t]*include/)
            judge(line)
    close(file)
}

END { exit bad }

function complain(at, text) {
    print file ":" at ": " text
    bad = 1
}

function exists(path,    ignored, found) {
    found = (getline ignored < path) >= 0
    close(path)
    return found
}

function judge(line,    name, head, here) {
    name = line
    if (!sub(/^[ \t]*#[ \t]*include[ \t]*["<]/, "", name) || !sub(/[">].*/, "", name))
        return complain(number, "an include whose header is not plainly named")
    head = name
    here = !sub("/.*", "", head)
    if (name ~ /\.\./)
        complain(number, name ": a path with '..' hides the room it leads to")
    else if (part[1] == "include")
        judge_public(name, head, here)
    else if (head == "gradus")
        return
    else if (!here && head in place)
        judge_room(name, head)
    else if (line ~ /"/ && here) {
        if (!exists(directory "/" name))
            complain(number, name ": no such file in " directory)
    } else
        judge_foreign(name)
}

# The public headers know each other and the C library; numeric.h knows the C library alone; check.h, course.h
# and sparse.h that and numeric.h.
function judge_public(name, head, here) {
    if (here && name in standard)
        return
    if (file ~ /\/numeric\.h$/)
        complain(number, name ": numeric.h stands alone, it includes no other header of gradus")
    else if (file ~ /\/(check|course|sparse)\.h$/ && name != "gradus/numeric.h")
        complain(number, name ": check.h, course.h and sparse.h include no other header of gradus than numeric.h")
    else if (head != "gradus" && !(here && exists(directory "/" name)))
        complain(number, name ": a public header includes only public headers and the C library")
}

function judge_room(name, head) {
    if (room == "cli" && head != "cli")
        complain(number, name ": the command uses the public headers alone")
    else if (place[head] > place[room])
        complain(number, name ": room '" room "' may not include room '" head "', which comes after it")
}

# Headers that are neither ours nor the C library's have one place each.
function judge_foreign(name) {
    if (name in standard)
        return
    if (name ~ /^cjson\//) {
        if (room != "cli")
            complain(number, name ": cJSON belongs to the command (src/cli)")
    } else if (name ~ /^(cblas|lapacke)\.h$/) {
        if (room != "run")
            complain(number, name ": BLAS and LAPACK belong to src/run")
    } else if (name == "zlib.h") {
        if (room != "data")
            complain(number, name ": zlib belongs to src/data")
    } else if (file !~ /^src\/(base\/platform|cli\/[a-z]*_posix)[^\/]*$/)
        complain(number, name ": what is not in the C standard belongs behind src/base/platform.h or a src/cli/*_posix.c")
}
