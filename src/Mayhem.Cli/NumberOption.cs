using System.CommandLine;
using System.Globalization;
using System.Numerics;

namespace Mayhem.Cli;

/// <summary>Options that take a number, with an error in words for the user.</summary>
internal static class NumberOption
{
    /// <summary>Declares an option for a whole number.</summary>
    public static Option<int?> Whole(string name, string description) => Create<int>(name, "a whole number", description, "N");

    /// <summary>Declares an option for a number with decimals, written with a point.</summary>
    public static Option<double?> Decimal(string name, string description, string helpName = "N") =>
        Create<double>(name, "a number", description, helpName);

    private static Option<T?> Create<T>(string name, string kind, string description, string helpName)
        where T : struct, INumber<T> => new(name)
    {
        HelpName = helpName,
        Description = description,
        CustomParser = result =>
        {
            var text = result.Tokens is [var token] ? token.Value : "";
            if (T.TryParse(text, NumberStyles.Float, CultureInfo.InvariantCulture, out var number))
                return number;
            result.AddError($"{name} must be {kind}, not '{text}'");
            return null;
        },
    };
}
