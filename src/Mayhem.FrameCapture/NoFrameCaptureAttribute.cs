namespace Mayhem.FrameCapture;

/// <summary>Keeps the weaver's hands off a method, or everything in a type or an assembly.</summary>
[AttributeUsage(
    AttributeTargets.Assembly | AttributeTargets.Class | AttributeTargets.Struct | AttributeTargets.Interface
    | AttributeTargets.Method | AttributeTargets.Constructor)]
public sealed class NoFrameCaptureAttribute : Attribute;
