using System.ComponentModel;
using System.Runtime.CompilerServices;
using Mayhem.FrameCapture.Recording;

namespace Mayhem.FrameCapture;

/// <summary>
/// What woven methods call while an exception passes through them, before anything is unwound. Nothing here throws, waits long or runs code of the
/// application, unless an exception's type has <see cref="Exception.Data"/> of its own.
/// </summary>
public static class FrameRecorder
{
    private static readonly object[] SmallNumbers = [.. Enumerable.Range(-1, 257)];
    private static readonly RateLimit Rate = new();
    private static CaptureOptions options = new();

    /// <summary>The bounds in force. They may be replaced at any time.</summary>
    public static CaptureOptions Options
    {
        get => Volatile.Read(ref options);
        set
        {
            ArgumentNullException.ThrowIfNull(value);
            Volatile.Write(ref options, value);
        }
    }

    /// <summary>Exceptions whose frames were not captured because of <see cref="CaptureOptions.MaxExceptionsPerSecond"/>, since the process started.</summary>
    public static long ExceptionsSkipped => Rate.Refused;

    /// <summary>Where a woven method should record its frame; null if it should not. For woven code.</summary>
    [EditorBrowsable(EditorBrowsableState.Never)]
    [MethodImpl(MethodImplOptions.NoInlining)]
    public static object? LogOf(object? thrown)
    {
        try
        {
            if (thrown is not Exception exception)
                return null;
            var bounds = Options;
            return bounds.Enabled ? FrameLogs.FindOrAdd(exception, bounds, MayCapture) : null;
        }
        catch (Exception)
        {
            // Whatever it is, the exception under way matters more.
            return null;
        }
    }

    /// <summary>Records the frame of a woven method. For woven code.</summary>
    /// <param name="log">What <see cref="LogOf"/> gave.</param>
    /// <param name="type">The type the method is in.</param>
    /// <param name="id">The method's number in the frame map of its assembly.</param>
    /// <param name="values">Arguments and locals in the order of the frame map.</param>
    [EditorBrowsable(EditorBrowsableState.Never)]
    [MethodImpl(MethodImplOptions.NoInlining)]
    public static void Record(object log, RuntimeTypeHandle type, int id, object?[] values)
    {
        try
        {
            (log as FrameLog)?.Add(new RecordedFrame(type, id, values), Options.MaxFrames);
        }
        catch (Exception)
        {
            // Whatever it is, the exception under way matters more.
            return;
        }
    }

    /// <summary>A number as an object. Most are small: counts, lengths, attempts. For woven code.</summary>
    [EditorBrowsable(EditorBrowsableState.Never)]
    public static object Boxed(int number) => (uint)(number + 1) < (uint)SmallNumbers.Length ? SmallNumbers[number + 1] : number;

    internal static RecordedFrames FramesOf(Exception exception)
    {
        try
        {
            return FrameLogs.Find(exception)?.Copy() ?? RecordedFrames.None;
        }
        catch (Exception)
        {
            // Its data are what its type makes of them, and are no reason to go without the rest of it.
            return RecordedFrames.None;
        }
    }

    // The first frame is the deepest: if there is stack enough for it, there is for the others.
    private static bool MayCapture(CaptureOptions bounds) =>
        RuntimeHelpers.TryEnsureSufficientExecutionStack() && Rate.TryTake(bounds.MaxExceptionsPerSecond, bounds.TimeProvider);
}
