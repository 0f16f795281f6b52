package dev.emroperator.finance.localcloud;

import java.nio.file.Files;
import java.nio.file.Path;

/**
 * What the quickstart was asked for.
 *
 * @param object the YAML to apply
 * @param data a file or folder that becomes the input
 * @param keep whether everything is left running at the end
 */
record QuickstartOptions(Path object, Path data, boolean keep) {

  static final String USAGE =
      """
      usage: ./quickstart [-f OBJECT.yaml --data FOLDER] [--keep]

        -f FILE        apply this FinancialAnalysis instead of examples/quickstart.yaml
        --data PATH    a file, or a folder of files, to put where the object's input is
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
    if ((object == null) != (data == null)) {
      throw new IllegalArgumentException("-f and --data go together: the object and its files");
    }
    Path examples = checkout.root().resolve("examples");
    return new QuickstartOptions(
        object == null ? examples.resolve("quickstart.yaml") : object,
        data == null ? examples.resolve("data/stocks.csv.gz") : data,
        keep);
  }

  private static Path existing(String[] args, int at) {
    if (at == args.length) {
      throw new IllegalArgumentException(args[at - 1] + " needs a path");
    }
    Path path = Path.of(args[at]).toAbsolutePath();
    if (!Files.exists(path)) {
      throw new IllegalArgumentException(args[at - 1] + ": there is no " + path);
    }
    return path;
  }
}
