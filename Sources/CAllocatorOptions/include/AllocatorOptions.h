// What the C library's allocator is asked for. Its header is no part of Swift's module of that library.
#pragma once

/// Has the allocator keep memory that is freed, for what is asked for next, up to some tens of megabytes a thread.
///
/// By itself glibc gives each large list back to the system, and the next one begins with pages that the system must find
/// and clear. Other libraries' allocators are left as they are. For a program's start, before there are threads; a library
/// must leave the choice to its program.
void winnow_keep_freed_memory(void);
