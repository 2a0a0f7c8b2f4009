using Mayhem.FrameCapture.Values;

namespace Mayhem.FrameCapture;

/// <summary>
/// Shows values by reading their fields. It runs no code of the application, no <c>ToString</c> and no property, so that showing a value cannot
/// change, block or fail anything. Safe for concurrent use.
/// </summary>
public sealed class ValueFormatter
{
    /// <summary>What stands for a value that is not shown.</summary>
    public const string Mask = "(sensitive)";

    private readonly ValueFormat format;

    /// <summary>Makes a formatter; without bounds of its own, with the default ones.</summary>
    public ValueFormatter(ValueFormat? format = null) => this.format = format ?? new ValueFormat();

    /// <summary>A formatter with the default bounds.</summary>
    public static ValueFormatter Default { get; } = new();

    /// <summary>Shows a value. Never throws.</summary>
    /// <param name="value">The value; null is shown as <c>null</c>.</param>
    /// <param name="name">Its name, by which it may have to be masked.</param>
    public string Format(object? value, string? name = null)
    {
        var writer = new ValueWriter(format);
        try
        {
            writer.Write(name, value, depth: 0);
            return writer.Text;
        }
        catch (Exception error)
        {
            return $"({error.GetType().Name} while it was read)";
        }
    }
}
