namespace Mayhem.Model.Histories;

/// <summary>A variant and what happens in it.</summary>
public sealed record History(Variant Variant, IReadOnlyList<Step> Steps)
{
    /// <summary>As a regression writes it.</summary>
    public override string ToString() => $"Holds({Variant.Number}, [{string.Join(", ", Steps)}]);  // {Variant}";
}
