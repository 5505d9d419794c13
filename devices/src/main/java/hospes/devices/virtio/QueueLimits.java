package hospes.devices.virtio;

/// How much one virtqueue may ask of the host. Beyond it the device fails, for a guest must not
/// keep the host busy with one notification.
///
/// @param maxSize largest number of descriptors in the ring, a power of two
/// @param chainBytes most bytes in one chain of descriptors
/// @param kickBytes most bytes in all the chains that one notification makes the device take
record QueueLimits(int maxSize, long chainBytes, long kickBytes) {}
