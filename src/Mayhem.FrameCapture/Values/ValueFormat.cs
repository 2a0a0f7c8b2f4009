namespace Mayhem.FrameCapture;

/// <summary>How much of a value is shown, and what of it is not.</summary>
public sealed record ValueFormat
{
    /// <summary>Levels of objects and collections within each other, 1 to 10; 3 by default. Below, only the type is shown.</summary>
    public int MaxDepth
    {
        get;
        init => field = value is >= 1 and <= 10 ? value : throw new ArgumentOutOfRangeException(nameof(value), value, "MaxDepth must be 1 to 10.");
    } = 3;

    /// <summary>Fields shown of an object, 1 or more; 20 by default.</summary>
    public int MaxFields
    {
        get;
        init => field = AtLeast(1, value, nameof(MaxFields));
    } = 20;

    /// <summary>Items shown of a collection, 1 or more; 100 by default.</summary>
    public int MaxItems
    {
        get;
        init => field = AtLeast(1, value, nameof(MaxItems));
    } = 100;

    /// <summary>Characters shown of a text, 1 or more; 255 by default.</summary>
    public int MaxText
    {
        get;
        init => field = AtLeast(1, value, nameof(MaxText));
    } = 255;

    /// <summary>Characters of a value in all, about, 16 or more; 4,096 by default.</summary>
    public int MaxLength
    {
        get;
        init => field = AtLeast(16, value, nameof(MaxLength));
    } = 4_096;

    /// <summary>Variables, fields and keys whose values are masked.</summary>
    public SensitiveNames SensitiveNames { get; init; } = SensitiveNames.Default;

    /// <summary>Types whose values are masked, beside those marked <see cref="SensitiveAttribute"/>. None by default.</summary>
    public Func<Type, bool>? IsSensitiveType { get; init; }

    /// <summary>
    /// Sees each text before it is cut to <see cref="MaxText"/> and returns what may be shown of it, such as the text without the keys in it.
    /// Of texts above 8,192 characters it sees the beginning. If it throws, the text is masked. None by default.
    /// </summary>
    public Func<string, string>? RedactText { get; init; }

    private static int AtLeast(int least, int value, string bound) =>
        value >= least ? value : throw new ArgumentOutOfRangeException(nameof(value), value, $"{bound} must be {least} or more.");
}
