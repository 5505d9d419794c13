package hospes.cli;

import hospes.host.template.TemplateListener;

/// Tells the user what happens to the template that a guest is to start from.
final class TemplateProgress implements TemplateListener {
  private final Narrator narrator;

  TemplateProgress(Narrator narrator) {
    this.narrator = narrator;
  }

  @Override
  public void making(String image) {
    narrator.say(
        "booting %s once; from now on it starts from here (--cold boots it anew)".formatted(image));
  }

  @Override
  public void waiting(String image) {
    narrator.say("waiting for another hospes that is booting %s".formatted(image));
  }

  @Override
  public void damaged(String image, String reason) {
    narrator.say("the template of %s cannot be used: %s".formatted(image, reason));
  }

  @Override
  public void unavailable(String image, String reason) {
    narrator.say("no template of %s (%s); booting it".formatted(image, reason));
  }
}
