/// Emulated hardware: devices that a board puts on its bus.
module hospes.devices {
  requires static org.jspecify;
  requires transitive hospes.machine;
  requires transitive hospes.memory;

  exports hospes.devices;
  exports hospes.devices.virtio;
}
