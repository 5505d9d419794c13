/// The `virt` board: an emulated RISC-V computer.
module hospes.virt {
  requires static org.jspecify;
  requires transitive hospes.guests;
  requires hospes.devices;
  requires hospes.riscv;
  requires hospes.formats;

  exports hospes.virt;

  provides hospes.guests.MachineKind with
      hospes.virt.VirtKind;
}
