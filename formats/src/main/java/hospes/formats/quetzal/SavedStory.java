package hospes.formats.quetzal;

import java.util.List;

/// What a story was doing when it was saved.
///
/// @param identity which story
/// @param pc where it goes on: at the branch or the result of its save instruction
/// @param memory its dynamic memory
/// @param calls the calls that were going on: the main routine first, the current one last
@SuppressWarnings("ArrayRecordComponent") // memory is handed over, never compared
public record SavedStory(StoryIdentity identity, int pc, byte[] memory, List<SavedCall> calls) {
  /// Takes a copy of the list.
  public SavedStory {
    calls = List.copyOf(calls);
  }
}
