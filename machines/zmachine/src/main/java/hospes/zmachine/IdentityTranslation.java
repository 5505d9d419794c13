package hospes.zmachine;

import hospes.machine.TrapException;
import hospes.memory.Access;
import hospes.memory.AddressTranslation;
import hospes.memory.DeviceAccess;

/// Addresses of the Z-machine are those of its memory, and nothing else answers any.
final class IdentityTranslation implements AddressTranslation, DeviceAccess {
  @Override
  public long translate(long address, Access access, int bytes) {
    return address & -4096L | WHOLE_PAGE;
  }

  @Override
  public RuntimeException accessFault(long address, Access access) {
    return new TrapException(
        switch (access) {
          case READ -> new ZTrap.ReadOutOfBounds((int) address);
          case WRITE -> new ZTrap.WriteOutOfBounds((int) address);
          case EXECUTE -> new ZTrap.IllegalAddress(address);
        });
  }

  @Override
  public boolean answers(long address, int bytes) {
    return false;
  }

  @Override
  public long read(long address, int bytes) {
    throw accessFault(address, Access.READ);
  }

  @Override
  public void write(long address, int bytes, long value) {
    throw accessFault(address, Access.WRITE);
  }
}
