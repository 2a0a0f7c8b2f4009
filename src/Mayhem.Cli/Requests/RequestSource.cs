namespace Mayhem.Cli.Requests;

/// <summary>Where requests are read from: a file or standard input.</summary>
/// <param name="Name">What error messages call it.</param>
/// <param name="Stream">The bytes.</param>
internal sealed record RequestSource(string Name, Stream Stream) : IDisposable
{
    /// <summary>Opens a file; <c>-</c> is standard input.</summary>
    /// <param name="path">The file.</param>
    /// <param name="option">What error messages call the place where it was named.</param>
    /// <exception cref="UsageException">The file cannot be read.</exception>
    public static RequestSource Open(string path, string option = "--requests")
    {
        if (path is "-")
            return new RequestSource("stdin", Console.OpenStandardInput());
        if (string.IsNullOrWhiteSpace(path))
            throw new UsageException($"{option} is empty: name a file, or - for standard input");
        try
        {
            return new RequestSource(Path.GetFileName(path), new FileStream(path, FileMode.Open, FileAccess.Read, FileShare.ReadWrite));
        }
        catch (Exception error) when (error is IOException or UnauthorizedAccessException or ArgumentException)
        {
            throw new UsageException($"{option} {path} cannot be read: {Reason(error)}", error);
        }
    }

    /// <inheritdoc />
    public void Dispose() => Stream.Dispose();

    private static string Reason(Exception error) => error switch
    {
        FileNotFoundException or DirectoryNotFoundException => "there is no such file",
        UnauthorizedAccessException => "it is a folder, or access is denied",
        _ => error.Message,
    };
}
