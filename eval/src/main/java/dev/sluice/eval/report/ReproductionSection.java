package dev.sluice.eval.report;

import com.fasterxml.jackson.databind.JsonNode;

/** What it takes to get the same numbers again: command, config, fingerprints, environment. */
final class ReproductionSection implements Section {
  private static final int LONGEST_CONFIG = 60_000;

  @Override
  public String id() {
    return "reproduction";
  }

  @Override
  public String title() {
    return "Reproduction";
  }

  @Override
  public boolean isThere(ReportData data) {
    return true;
  }

  @Override
  public void write(ReportData data, Html html) {
    JsonNode document = data.document(),
        run = document.path("run"),
        environment = data.environment();
    if (environment.path("command").isTextual()) {
      html.element("h3", "Command");
      html.open("pre", "tabindex", "0")
          .open("code")
          .shown(environment.get("command").asText())
          .close()
          .close("pre");
    }
    html.open("dl", "class", "facts");
    fact(
        html,
        "Tool",
        document.path("tool").path("name").asText()
            + " "
            + document.path("tool").path("version").asText());
    fact(html, "Model SHA-256", document.path("model").path("sha256").asText());
    for (JsonNode part : document.path("parts"))
      fact(
          html,
          "SHA-256 of " + Visible.shortened(part.path("name").asText(), 60),
          part.path("sha256").asText(""));
    for (JsonNode input : document.path("inputs"))
      fact(html, "SHA-256 of " + input.path("setting").asText(), input.path("sha256").asText(""));
    fact(html, "Task", run.path("task").asText());
    fact(html, "Seed", run.path("seed").asText());
    fact(
        html,
        "Epochs",
        count(run.path("epochs"))
            + (run.path("bestEpoch").isNumber() ? ", best " + run.get("bestEpoch").asText() : ""));
    fact(html, "Parameters", count(run.path("parameters")));
    fact(html, "Started", environment.path("started").asText());
    fact(
        html,
        "Time taken",
        environment.path("seconds").isNumber()
            ? Figures.time(environment.get("seconds").doubleValue())
            : "");
    fact(html, "Java", environment.path("java").asText());
    fact(html, "System", environment.path("system").asText());
    fact(html, "Processors", environment.path("processors").asText());
    fact(html, "Kernels", environment.path("kernels").asText());
    fact(html, "Threads", environment.path("threads").asText());
    html.close("dl").line();
    config(run.path("config"), html);
  }

  private static String count(JsonNode n) {
    return n.isNumber() ? Figures.count(n.asLong()) : "";
  }

  private static void fact(Html html, String name, String value) {
    if (value.isBlank() || value.equals("null")) return;
    html.open("div").element("dt", name).userElement("dd", value).close("div");
  }

  private static void config(JsonNode config, Html html) {
    if (!config.isTextual()) return;
    String text = config.asText();
    html.open("details").element("summary", "Config");
    html.open("pre", "tabindex", "0").open("code");
    String[] lines = text.substring(0, Math.min(text.length(), LONGEST_CONFIG)).split("\\R");
    for (String line : lines) html.shown(line).line();
    html.close("code").close("pre");
    if (text.length() > LONGEST_CONFIG) html.element("p", "The rest is left out.", "class", "note");
    html.close("details").line();
  }
}
