#nullable disable
namespace Mayhem.AzureSurface;

/// <summary>The checks that the SDK makes on values given to it.</summary>
internal static class Guard
{
    internal static string NotTooLong(string value, int limit, string name) => value?.Length > limit
        ? throw new ArgumentOutOfRangeException(name, $"The argument '{name}' cannot exceed {limit} characters.")
        : value;

    internal static TimeSpan Positive(TimeSpan value, string name) => value <= TimeSpan.Zero
        ? throw new ArgumentOutOfRangeException(name, $"The argument '{name}' must be a positive time span, and was {value}.")
        : value;

    internal static T InRange<T>(T value, T least, T most, string name)
        where T : IComparable<T> => value.CompareTo(least) < 0 || value.CompareTo(most) > 0
            ? throw new ArgumentOutOfRangeException(name, $"The argument '{name}' must be {least} to {most}, and was {value}.")
            : value;

    internal static int NotNegative(int value, string name) => value < 0
        ? throw new ArgumentOutOfRangeException(name, $"The argument '{name}' must not be negative, and was {value}.")
        : value;
}
