using System.Collections.Concurrent;
using Mayhem.Failures;

namespace Mayhem.Redaction;

/// <summary>
/// Stands in for an exception that has a secret in one of its texts, where the exception itself would leave the process. It has the other's texts
/// without the secret, its trace and its HRESULT, and no reference to it.
/// </summary>
public sealed class RedactedException : Exception
{
    private static readonly ConcurrentDictionary<Type, bool> TextsOfTheirOwn = new();

    private readonly string all;

    private RedactedException(Exception exception)
        : base(Redactor.MessageOf(exception), exception.InnerException is { } inner ? Of(inner) : null)
    {
        Type = exception.GetType().FullName!;
        StackTrace = exception.StackTrace;
        HResult = exception.HResult;
        Source = exception.Source;
        all = Redactor.Text(TextOf(exception));
    }

    /// <summary>The full name of the exception's type.</summary>
    public string Type { get; }

    /// <inheritdoc />
    public override string? StackTrace { get; }

    /// <summary>The exception itself if there is nothing secret in its texts; otherwise one that stands in for it.</summary>
    public static Exception Of(Exception exception)
    {
        ArgumentNullException.ThrowIfNull(exception);
        return exception is RedactedException || AreClean(exception) ? exception : new RedactedException(exception);
    }

    /// <summary>What the exception that it stands in for would have returned, without the secret.</summary>
    public override string ToString() => all;

    private static bool AreClean(Exception exception)
    {
        foreach (var link in ExceptionChain.Of(exception))
        {
            if (!IsClean(link))
                return false;
        }

        return true;
    }

    private static bool IsClean(Exception exception)
    {
        var text = TextsOfTheirOwn.GetOrAdd(exception.GetType(), HasTextOfItsOwn) ? TextOf(exception) : exception.Message;
        return Redactor.Text(text) == text;
    }

    // What the platform's own exceptions say beside their messages is no secret, and dear to ask for.
    private static bool HasTextOfItsOwn(Type type) =>
        IsOverridden(type, nameof(ToString)) || IsOverridden(type, "get_" + nameof(Message));

    private static bool IsOverridden(Type type, string method) =>
        type.GetMethod(method, System.Type.EmptyTypes)!.DeclaringType!.Assembly != typeof(Exception).Assembly;

    private static string TextOf(Exception exception)
    {
        try
        {
            return exception.ToString();
        }
        catch (Exception error)
        {
            return $"{exception.GetType()} ({error.GetType().Name} while its text was read)";
        }
    }
}
