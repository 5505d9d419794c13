package hospes.zmachine;

/// What the user is asked to name a file for.
enum FilePurpose {
  SAVE(".qzl"),
  RESTORE(".qzl"),
  SAVE_TABLE(".aux"),
  RESTORE_TABLE(".aux"),
  TRANSCRIPT(".scr"),
  COMMANDS(".rec"),
  PLAYBACK(".rec");

  /// What names of such files end with, unless the user says otherwise.
  final String suffix;

  FilePurpose(String suffix) {
    this.suffix = suffix;
  }

  /// Whether a file of that name loses its content.
  boolean overwrites() {
    return switch (this) {
      case SAVE, SAVE_TABLE, TRANSCRIPT, COMMANDS -> true;
      case RESTORE, RESTORE_TABLE, PLAYBACK -> false;
    };
  }
}
