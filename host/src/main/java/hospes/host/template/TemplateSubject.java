package hospes.host.template;

import java.nio.file.Path;

/// What templates are made of.
///
/// @param name for people
/// @param content names what is booted: another one, another content
/// @param prompt what the guest says when it is booted
/// @param folder where the templates are
record TemplateSubject(String name, String content, String prompt, Path folder) {}
