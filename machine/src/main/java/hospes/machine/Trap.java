package hospes.machine;

/// Something the guest did that its own architecture defines an answer for. Each architecture seals
/// its own kinds.
public interface Trap {}
