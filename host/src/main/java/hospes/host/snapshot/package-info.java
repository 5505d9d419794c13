/// Snapshots as files.
@NullMarked
package hospes.host.snapshot;

import org.jspecify.annotations.NullMarked;
