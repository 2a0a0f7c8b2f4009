namespace Mayhem.FrameCapture;

/// <summary>
/// Keeps a value out of every report: it is never read, neither by a woven method nor by the <see cref="ValueFormatter"/>.
/// On a type, it holds for every value declared as that type and for every object of it.
/// On a parameter of a primary constructor, it holds for the property or field made from it, too.
/// </summary>
[AttributeUsage(
    AttributeTargets.Parameter | AttributeTargets.Field | AttributeTargets.Property
    | AttributeTargets.Class | AttributeTargets.Struct | AttributeTargets.Interface)]
public sealed class SensitiveAttribute : Attribute;
