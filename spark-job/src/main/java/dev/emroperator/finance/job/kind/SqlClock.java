package dev.emroperator.finance.job.kind;

import java.util.Set;
import java.util.regex.Pattern;
import org.antlr.v4.runtime.CharStreams;
import org.antlr.v4.runtime.Token;
import org.apache.spark.sql.catalyst.expressions.Cast;
import org.apache.spark.sql.catalyst.expressions.Literal;
import org.apache.spark.sql.catalyst.parser.SqlBaseLexer;
import org.apache.spark.sql.catalyst.trees.TreeNode;
import org.apache.spark.sql.catalyst.util.SparkParserUtils$;
import org.apache.spark.sql.types.DataTypes;

/**
 * Refuses what the clock or the user of the day would decide. Spark reads {@code DATE 'today'} as
 * the day on which it is read.
 */
final class SqlClock {

  private static final Pattern WORD =
      Pattern.compile("(?is)\\s*(now|today|tomorrow|yesterday)\\b.*");

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

  private SqlClock() {}

  /** Looks at the quoted texts, before the parser makes days of them. */
  static void checkText(String select) {
    SqlBaseLexer lexer = new SqlBaseLexer(CharStreams.fromString(select));
    lexer.removeErrorListeners();
    for (Token token : lexer.getAllTokens()) {
      if (token.getType() == SqlBaseLexer.STRING_LITERAL
          || token.getType() == SqlBaseLexer.DOUBLEQUOTED_STRING) {
        checkWord(SparkParserUtils$.MODULE$.unescapeSQLString(token.getText()));
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
    if (expression instanceof Cast cast
        && cast.child().foldable()
        && DataTypes.StringType.equals(cast.child().dataType())
        && Set.of(DataTypes.DateType, DataTypes.TimestampType, DataTypes.TimestampNTZType)
            .contains(cast.dataType())) {
      if (!(cast.child() instanceof Literal)) {
        throw SqlText.refused("puts a time together from pieces of text: write it as one");
      }
      checkWord(String.valueOf(((Literal) cast.child()).value()));
    }
  }

  private static void checkWord(String text) {
    if (WORD.matcher(text).matches()) {
      throw SqlText.refused(
          "has '%s', which is another time in the next run: write the day or the time"
              .formatted(text.strip()));
    }
  }
}
