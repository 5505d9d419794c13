/// Disks of guests: what a file is, who may write it, and how forks and snapshots share it.
///
/// [Drives] opens all disks of a guest; a [Drive] is one. Below it, an [OpenDisk] is a file with
/// what stands behind it; [DiskLayers] freezes one under a name from [LayerNames], and [LayerJoin]
/// makes one file of the layers again.
@NullMarked
package hospes.storage;

import org.jspecify.annotations.NullMarked;
