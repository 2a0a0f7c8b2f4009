using System.Text.Json;
using System.Text.Json.Serialization.Metadata;
using Microsoft.AspNetCore.Http;

namespace Mayhem.Dashboard.Server;

/// <summary>Answers.</summary>
internal static class Replies
{
    /// <summary>An object as JSON.</summary>
    public static async Task JsonAsync<T>(this HttpContext context, T value, JsonTypeInfo<T> type, int status = StatusCodes.Status200OK)
    {
        context.Response.StatusCode = status;
        context.Response.ContentType = "application/json; charset=utf-8";
        await JsonSerializer.SerializeAsync(context.Response.Body, value, type, context.RequestAborted);
    }

    /// <summary>Something that cannot be done, and why.</summary>
    public static Task ProblemAsync(this HttpContext context, int status, string why) =>
        context.JsonAsync(new Problem(why), DashboardJson.Default.Problem, status);

    /// <summary>Bytes of a type.</summary>
    public static async Task BytesAsync(this HttpContext context, string contentType, ReadOnlyMemory<byte> content, int status = StatusCodes.Status200OK)
    {
        context.Response.StatusCode = status;
        context.Response.ContentType = contentType;
        context.Response.ContentLength = content.Length;
        if (!HttpMethods.IsHead(context.Request.Method))
            await context.Response.Body.WriteAsync(content, context.RequestAborted);
    }
}

/// <summary>Something that cannot be done, and why.</summary>
/// <param name="Error">One sentence for the user.</param>
internal sealed record Problem(string Error);
