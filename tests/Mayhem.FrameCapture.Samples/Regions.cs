namespace Mayhem.FrameCapture.Samples;

/// <summary>Methods with try blocks of their own.</summary>
public static class Regions
{
    public static string Caught { get; private set; } = "";

    public static void TryIsAll(string host)
    {
        try
        {
            var local = host + "1";
            Throw(local);
        }
        finally
        {
            Caught = host;
        }
    }

    public static int BothThrow(string host)
    {
        try
        {
            throw new InvalidOperationException(host);
        }
        catch (InvalidOperationException error)
        {
            var replaced = error.Message + "2";
            throw new TimeoutException(replaced, error);
        }
    }

    public static void ThrowsInFinally(string host)
    {
        var state = "before";
        try
        {
            Throw(host);
        }
        finally
        {
            state = "finally";
            Throw(state);
        }
    }

    public static string ThrowsInFilter(string host)
    {
        var filtered = 0;
        try
        {
            Throw(host);
        }
        catch (InvalidOperationException) when (Fails(filtered = 1))
        {
            return "never";
        }
        catch (InvalidOperationException error)
        {
            throw new TimeoutException($"{error.Message} {filtered}");
        }

        return host;
    }

    public static void Rethrows(string host)
    {
        var count = 0;
        try
        {
            count++;
            Throw(host);
        }
        catch (InvalidOperationException)
        {
            count++;
            throw;
        }
    }

    public static void ThrowsCaughtAgain(string host)
    {
        try
        {
            Throw(host);
        }
        catch (InvalidOperationException error)
        {
            var before = error.StackTrace!.Length;
            if (before > 0)
                throw error;
        }
    }

    /// <summary>The exception that it catches, whose last frame it is.</summary>
    public static Exception Catches(string host)
    {
        var stage = "trying";
        try
        {
            var local = host + "3";
            Throw(local);
            return new InvalidOperationException();
        }
        catch (InvalidOperationException error) when (error.Message.Length > 1)
        {
            stage = "caught";
            return error;
        }
        finally
        {
            Caught = stage;
        }
    }

    public static void Throw(string message)
    {
        var upper = message.ToUpperInvariant();
        throw new InvalidOperationException(upper);
    }

    public static void ThrowThis(Exception exception)
    {
        var thrown = exception;
        throw thrown;
    }

    private static bool Fails(int number)
    {
        var text = $"{number}";
        throw new NotSupportedException(text);
    }
}
