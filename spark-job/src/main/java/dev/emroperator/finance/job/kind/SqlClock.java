package dev.emroperator.finance.job.kind;

import java.util.Locale;
import java.util.Set;
import java.util.regex.Pattern;
import org.antlr.v4.runtime.CharStreams;
import org.antlr.v4.runtime.Token;
import org.apache.spark.sql.catalyst.expressions.Cast;
import org.apache.spark.sql.catalyst.expressions.Literal;
import org.apache.spark.sql.catalyst.parser.SqlBaseLexer;
import org.apache.spark.sql.catalyst.parser.UpperCaseCharStream;
import org.apache.spark.sql.catalyst.trees.TreeNode;
import org.apache.spark.sql.catalyst.util.SparkParserUtils$;
import org.apache.spark.sql.types.AtomicType;
import org.apache.spark.sql.types.DataType;
import org.apache.spark.sql.types.DataTypes;

/**
 * Refuses what the clock or the user of the day would decide. Spark reads {@code DATE 'today'} as
 * the day on which it is read.
 */
final class SqlClock {

  /** A text that Spark reads as a time without asking what day it is begins with a year. */
  private static final Pattern DATED =
      Pattern.compile("(?s)[\\x00-\\x20\\x7f]*[+-]?[0-9]{4,7}[\\x00-\\x20\\x7f]*(-.*)?");

  private static final Set<String> TIMES =
      Set.of("DATE", "TIMESTAMP", "TIMESTAMP_LTZ", "TIMESTAMP_NTZ");

  private static final Set<String> CLOCKS =
      Set.of(
          "CurrentCatalog",
          "CurrentDatabase",
          "CurrentDate",
          "CurrentTimeZone",
          "CurrentTimestamp",
          "CurrentUser",
          "LocalTimestamp",
          "Now",
          "VariableReference");

  private static final Set<DataType> DAYS_AND_TIMES =
      Set.of(DataTypes.DateType, DataTypes.TimestampType, DataTypes.TimestampNTZType);

  private SqlClock() {}

  /** Looks at the quoted days and times, before the parser makes values of them. */
  static void checkText(String select) {
    SqlBaseLexer lexer = new SqlBaseLexer(new UpperCaseCharStream(CharStreams.fromString(select)));
    lexer.removeErrorListeners();
    String before = "";
    for (Token token : lexer.getAllTokens()) {
      boolean isText =
          token.getType() == SqlBaseLexer.STRING_LITERAL
              || token.getType() == SqlBaseLexer.DOUBLEQUOTED_STRING;
      if (isText && TIMES.contains(before)) {
        checkTime(SparkParserUtils$.MODULE$.unescapeSQLString(token.getText()));
      }
      if (token.getChannel() == Token.DEFAULT_CHANNEL) {
        before = token.getText().toUpperCase(Locale.ROOT);
      }
    }
  }

  /** Looks at an expression of the analysed plan. */
  static void check(TreeNode<?> expression) {
    if (CLOCKS.contains(expression.getClass().getSimpleName())) {
      throw SqlText.refused(
          "asks for %s, which is another one in the next run: write the value"
              .formatted(expression.nodeName()));
    }
    if (expression instanceof Cast cast) {
      checkCast(cast);
    }
  }

  private static void checkCast(Cast cast) {
    DataType from = cast.child().dataType();
    if (DataTypes.StringType.equals(from) && DAYS_AND_TIMES.contains(cast.dataType())) {
      check(cast);
    } else if (!(cast.dataType() instanceof AtomicType)
        && holds(from, Set.of(DataTypes.StringType))
        && holds(cast.dataType(), DAYS_AND_TIMES)) {
      throw SqlText.refused(
          "reads times from the texts in %s: cast each of them".formatted(cast.child().sql()));
    }
  }

  private static boolean holds(DataType type, Set<DataType> some) {
    return type.existsRecursively(part -> some.contains(part));
  }

  private static void check(Cast cast) {
    if (cast.child() instanceof Literal literal) {
      checkTime(String.valueOf(literal.value()));
    } else if (cast.child().foldable()) {
      throw SqlText.refused("puts a time together from pieces of text: write it as one");
    } else if (!cast.dataType().equals(DataTypes.DateType)) {
      throw SqlText.refused(
          "reads a time from %s, and a text such as 09:30 would be that of the day of the run: use to_timestamp(text, format)"
              .formatted(cast.child().sql()));
    }
  }

  private static void checkTime(String text) {
    if (!text.equals("null") && !DATED.matcher(text).matches()) {
      throw SqlText.refused(
          "has '%s' as a time, which is another one in the next run: write it with its year"
              .formatted(text.strip()));
    }
  }
}
