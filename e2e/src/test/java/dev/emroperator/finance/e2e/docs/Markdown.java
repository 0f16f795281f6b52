package dev.emroperator.finance.e2e.docs;

import dev.emroperator.finance.localcloud.Checkout;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/**
 * A page, as far as tests look into it.
 *
 * @param file that holds it
 */
record Markdown(Path file, String text) {

  private static final Pattern BLOCK =
      Pattern.compile("(?ms)^```([\\w-]*)[^\\n]*\\n(.*?)^```\\s*?$");
  private static final Pattern HEADING = Pattern.compile("(?m)^#{1,6} +(.+?) *#*$");
  private static final Pattern ID = Pattern.compile("<a (?:id|name)=\"([^\"]+)\">");

  /** Text in brackets, which may hold brackets of its own, and where it leads. */
  private static final Pattern LINK =
      Pattern.compile("\\[(?:[^\\[\\]]|\\[[^\\]]*\\])*\\]\\(<?([^)\\s>]+)>?(?: \"[^\"]*\")?\\)");

  private static final Pattern CODE = Pattern.compile("`[^`\\n]*`");
  private static final Set<String> OF_BUILDS = Set.of("target", "node_modules", "build");

  /** A fenced block: its language, empty for none, and its lines. */
  record Block(String language, String text) {}

  static Markdown of(Path file) {
    try {
      return new Markdown(file, Files.readString(file));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  static Markdown page(String path) {
    return of(Checkout.find().root().resolve(path));
  }

  /** Every page of the project, but for those in hidden folders and in folders of a build. */
  static List<Markdown> all() {
    List<Markdown> pages = new ArrayList<>();
    collect(Checkout.find().root(), pages);
    return pages;
  }

  private static void collect(Path folder, List<Markdown> pages) {
    try (Stream<Path> entries = Files.list(folder)) {
      for (Path entry : entries.sorted().toList()) {
        String name = entry.getFileName().toString();
        if (Files.isDirectory(entry)) {
          if (!name.startsWith(".") && !OF_BUILDS.contains(name)) {
            collect(entry, pages);
          }
        } else if (name.endsWith(".md")) {
          pages.add(of(entry));
        }
      }
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  List<Block> blocks() {
    return BLOCK.matcher(text).results().map(b -> new Block(b.group(1), b.group(2))).toList();
  }

  /** The text of all blocks of a language. */
  List<String> blocks(String language) {
    return blocks().stream()
        .filter(block -> block.language().equals(language))
        .map(Block::text)
        .toList();
  }

  /** The part of the page under a heading, up to the next one of any level. */
  Markdown section(String heading) {
    String[] parts = text.split("(?m)^#+ " + Pattern.quote(heading) + "$", 2);
    if (parts.length < 2) {
      throw new AssertionError(file + " has no heading '" + heading + "'");
    }
    return new Markdown(file, parts[1].split("(?m)^#{1,6} ", 2)[0]);
  }

  /** Where links lead; what stands in code is no link. */
  List<String> links() {
    String prose = CODE.matcher(BLOCK.matcher(text).replaceAll("")).replaceAll("");
    return LINK.matcher(prose).results().map(link -> link.group(1)).toList();
  }

  /** What a link to this page may name after '#', as GitHub makes it from headings. */
  Set<String> anchors() {
    String prose = BLOCK.matcher(text).replaceAll("");
    Set<String> anchors = new TreeSet<>();
    Map<String, Integer> seen = new HashMap<>();
    for (MatchResult heading : HEADING.matcher(prose).results().toList()) {
      String slug = slug(heading.group(1));
      int before = seen.merge(slug, 1, Integer::sum) - 1;
      anchors.add(before == 0 ? slug : slug + "-" + before);
    }
    ID.matcher(prose).results().forEach(id -> anchors.add(id.group(1)));
    return anchors;
  }

  private static String slug(String heading) {
    String shown = LINK.matcher(heading).replaceAll(link -> link.group().split("\\]", 2)[0]);
    return shown.toLowerCase(Locale.ROOT).replaceAll("[^\\p{L}\\p{N} _-]", "").replace(' ', '-');
  }
}
