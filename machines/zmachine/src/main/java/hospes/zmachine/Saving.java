package hospes.zmachine;

import hospes.engine.Count;
import hospes.engine.Extension;
import hospes.engine.Extension.Place;
import hospes.engine.Instruction;
import hospes.engine.Next;
import hospes.engine.Pc;
import hospes.engine.Serializing;

/// Saving and restoring, beginning anew and ending. Z-Machine Standards 1.1, 6.1 and 15.
///
/// How these end is told when the user has named a file; that is why their results and branches are
/// not given here (see [StoreOrBranch]).
@Extension(value = "saving", place = Place.CALLED)
final class Saving {
  private Saving() {}

  /// Saves the story; branches if that went well, and when it is restored.
  @Instruction("save ?offset : 0OP:181 v1-3")
  @Serializing
  static void saveUntil3(ZProcessor core, @Pc long pc) {
    core.request = new Request.Save((int) pc + 1);
  }

  /// Restores the story; goes on here only if that failed.
  @Instruction("restore ?offset : 0OP:182 v1-3")
  @Serializing
  static void restoreUntil3(ZProcessor core, @Pc long pc) {
    core.request = new Request.Restore((int) pc + 1);
  }

  /// Saves the story: 1 if that went well, 2 when it is restored, 0 if it failed.
  @Instruction("save -> rd : 0OP:181 v4-4")
  @Serializing
  static void save4(ZProcessor core, @Pc long pc) {
    core.request = new Request.Save((int) pc + 1);
  }

  /// Restores the story; goes on here only if that failed, with 0.
  @Instruction("restore -> rd : 0OP:182 v4-4")
  @Serializing
  static void restore4(ZProcessor core, @Pc long pc) {
    core.request = new Request.Restore((int) pc + 1);
  }

  /// Saves the story, or `bytes` from `table` where these are given.
  @Instruction("save table, bytes, name, prompt -> rd : EXT:0 v5")
  @Serializing
  static void save(
      ZProcessor core,
      @Next long next,
      @Value int table,
      @Value int bytes,
      @Value int name,
      @Value int prompt,
      @Count int count) {
    int resultAt = (int) next - 1;
    core.request =
        count == 0
            ? new Request.Save(resultAt)
            : new Request.SaveTable(table, bytes, name, resultAt);
  }

  /// Restores the story, or `bytes` to `table` where these are given.
  @Instruction("restore table, bytes, name, prompt -> rd : EXT:1 v5")
  @Serializing
  static void restore(
      ZProcessor core,
      @Next long next,
      @Value int table,
      @Value int bytes,
      @Value int name,
      @Value int prompt,
      @Count int count) {
    int resultAt = (int) next - 1;
    core.request =
        count == 0
            ? new Request.Restore(resultAt)
            : new Request.RestoreTable(table, bytes, name, resultAt);
  }

  /// Keeps what the story does now to be gone back to: 1, and 2 when it is; 0 if it failed.
  @Instruction("save_undo -> rd : EXT:9 v5")
  @Serializing
  static void saveUndo(ZProcessor core, @Next long next) {
    core.request = new Request.SaveUndo((int) next - 1);
  }

  /// Goes back to what was kept last; goes on here only if there is nothing, with 0.
  @Instruction("restore_undo -> rd : EXT:10 v5")
  @Serializing
  static void restoreUndo(ZProcessor core, @Next long next) {
    core.request = new Request.RestoreUndo((int) next - 1);
  }

  /// Begins the story anew.
  @Instruction("restart : 0OP:183")
  @Serializing
  static void restart(ZProcessor core) {
    core.request = new Request.Restart();
  }

  /// Ends the story.
  @Instruction("quit : 0OP:186")
  @Serializing
  static void quit(ZProcessor core) {
    core.request = new Request.Quit();
  }

  /// Branches if the story file has the checksum that its header tells.
  @Instruction("verify ?offset : 0OP:189 v3")
  static boolean verify(ZProcessor core) {
    return core.isGenuine;
  }

  /// A random number from 1 to `range`; with a negative one, minus the seed of those to come, or
  /// with 0, 0: nobody shall know them.
  @Instruction("random range -> rd : VAR:231")
  static int random(ZProcessor core, @Value int range) {
    if ((short) range > 0) {
      return core.random.next(range);
    }
    core.random.seed(-(short) range);
    return 0;
  }
}
