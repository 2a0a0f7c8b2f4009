namespace Mayhem.FrameCapture.Tests;

/// <summary>Runs something that throws, and looks at what was captured.</summary>
internal static class Thrown
{
    public static Exception By(Action sample) => Record.Exception(sample) ?? throw new InvalidOperationException("It did not throw.");

    public static async Task<Exception> ByAsync(Func<Task> sample) =>
        await Record.ExceptionAsync(sample) ?? throw new InvalidOperationException("It did not throw.");

    /// <summary>The frame of a method in the trace, the innermost one if there are several.</summary>
    public static TracedFrame FrameOf(this Exception exception, string name) =>
        TracedFrames.Of(exception).First(frame => frame.Name.StartsWith(name, StringComparison.Ordinal));

    /// <summary>The frames of a method in the trace, innermost first.</summary>
    public static IReadOnlyList<TracedFrame> FramesOf(this Exception exception, string name) =>
        [.. TracedFrames.Of(exception).Where(frame => frame.Name.StartsWith(name, StringComparison.Ordinal))];

    /// <summary>A frame's variables as text, such as <c>Argument int parts = 0</c>.</summary>
    public static IEnumerable<string> Shown(this TracedFrame frame) => frame.Variables.Select(variable => variable.ToString());
}
