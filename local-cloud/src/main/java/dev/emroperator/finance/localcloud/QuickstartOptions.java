package dev.emroperator.finance.localcloud;

import java.nio.file.Files;
import java.nio.file.Path;

/**
 * What the quickstart was asked for.
 *
 * @param object the YAML to apply
 * @param data a file or folder that becomes the input; null for the files of the examples
 * @param keep whether everything is left running at the end
 */
record QuickstartOptions(Path object, Path data, boolean keep) {

  static final String USAGE =
      """
      usage: ./quickstart [-f OBJECT.yaml [--data FOLDER]] [--keep]

        -f FILE        apply this FinancialAnalysis instead of examples/quickstart.yaml
        --data PATH    a file, or a folder of files, to put where the object's input is; the
                       examples have theirs in examples/data
        --keep         leave everything running, to try kubectl by hand; Ctrl-C ends it
      """;

  static QuickstartOptions of(String[] args, Checkout checkout) {
    Path object = null;
    Path data = null;
    boolean keep = false;
    for (int i = 0; i < args.length; i++) {
      switch (args[i]) {
        case "--keep" -> keep = true;
        case "-f" -> object = existing(args, ++i);
        case "--data" -> data = existing(args, ++i);
        default -> throw new IllegalArgumentException("unknown option " + args[i]);
      }
    }
    Path examples = checkout.root().resolve("examples");
    if (object == null && data != null) {
      throw new IllegalArgumentException("--data needs -f: the object that the files are for");
    }
    if (object != null && data == null && !object.getParent().equals(examples)) {
      throw new IllegalArgumentException(
          "-f and --data go together: the object and its files; only those in "
              + examples
              + " have theirs");
    }
    return new QuickstartOptions(
        object == null ? examples.resolve("quickstart.yaml") : object, data, keep);
  }

  /**
   * Where the files of an input are.
   *
   * @param isOnly false where the object has several inputs, each with a folder of its name
   */
  Path source(String input, boolean isOnly) {
    if (data != null) {
      return isOnly ? data : data.resolve(input);
    }
    Path files = object.resolveSibling("data");
    return files.resolve(input.equals("prices") ? "stocks.csv.gz" : input);
  }

  private static Path existing(String[] args, int at) {
    if (at == args.length) {
      throw new IllegalArgumentException(args[at - 1] + " needs a path");
    }
    Path path = Path.of(args[at]).toAbsolutePath().normalize();
    if (!Files.exists(path)) {
      throw new IllegalArgumentException(args[at - 1] + ": there is no " + path);
    }
    return path;
  }
}
