package hospes.zmachine.screen;

import java.io.IOException;

/// A story that may touch no file.
record NoFiles() implements StoryFiles {
  @Override
  public byte[] read(String name) throws IOException {
    throw refused();
  }

  @Override
  public void write(String name, byte[] content) throws IOException {
    throw refused();
  }

  @Override
  public void append(String name, byte[] content) throws IOException {
    throw refused();
  }

  @Override
  public boolean exists(String name) {
    return false;
  }

  private static IOException refused() {
    return new IOException("this story may use no files");
  }
}
