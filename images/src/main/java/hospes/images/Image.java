package hospes.images;

import java.nio.file.Path;
import java.time.Instant;
import java.util.SortedMap;

/// A guest that is ready to boot.
///
/// @param name the name in the catalogue
/// @param description one line for people
/// @param kernel a raw Linux `Image`
/// @param initrd the initial file system, a cpio archive
/// @param commandLine the kernel's parameters
/// @param prompt what the guest says on its console when it waits for its user
/// @param content names what kernel and initrd hold: another one, another content
/// @param size bytes on disk
/// @param versions the packages it was made of, by name
/// @param pulled when it was made
public record Image(
    String name,
    String description,
    Path kernel,
    Path initrd,
    String commandLine,
    String prompt,
    String content,
    long size,
    SortedMap<String, String> versions,
    Instant pulled) {}
