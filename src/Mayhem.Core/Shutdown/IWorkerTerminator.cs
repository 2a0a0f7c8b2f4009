namespace Mayhem.Shutdown;

/// <summary>Ends the whole worker.</summary>
public interface IWorkerTerminator
{
    /// <summary>Makes the worker end soon, with an exit code that is not zero. Returns at once; further calls change nothing.</summary>
    /// <param name="reason">Why, for the log.</param>
    void Terminate(string reason);
}
