/// The files of the host that hold guests' disks: formats, overlays, layers and locks.
module hospes.storage {
  requires static org.jspecify;
  requires transitive hospes.formats;
  requires transitive hospes.machine;

  exports hospes.storage;
  exports hospes.storage.files;
}
