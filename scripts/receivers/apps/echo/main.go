// A receiver with echo.
package main

import (
	"bytes"
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"net/http"
	"os"
	"time"

	"github.com/labstack/echo/v5"
	"github.com/labstack/echo/v5/middleware"
	standardwebhooks "github.com/standard-webhooks/standard-webhooks/libraries/go"
)

type task struct {
	Question string `json:"question"`
}

func said(c *echo.Context) (string, error) {
	var t task
	err := c.Bind(&t)
	return "You said: " + t.Question, err
}

func answer(c *echo.Context) error {
	message, err := said(c)
	if err != nil {
		return err
	}
	return c.JSON(http.StatusOK, map[string]any{"success": true, "message": message})
}

func signed(c *echo.Context) error {
	webhook, err := standardwebhooks.NewWebhook(os.Getenv("CALLBACK_SECRET"))
	if err != nil {
		return err
	}
	body, err := io.ReadAll(c.Request().Body)
	if err != nil {
		return err
	}
	if webhook.Verify(body, c.Request().Header) != nil {
		return echo.ErrUnauthorized
	}
	c.Request().Body = io.NopCloser(bytes.NewReader(body))
	return answer(c)
}

func slow(c *echo.Context) error {
	time.Sleep(3 * time.Second)
	return answer(c)
}

func text(c *echo.Context) error {
	message, err := said(c)
	if err != nil {
		return err
	}
	return c.String(http.StatusOK, message)
}

// write sends the pieces as events: echo has no helper of its own.
func write(c *echo.Context, pieces ...string) error {
	w := c.Response()
	w.Header().Set("Content-Type", "text/event-stream")
	for _, piece := range pieces {
		data, err := json.Marshal(piece)
		if err != nil {
			return err
		}
		if _, err := fmt.Fprintf(w, "data: %s\n\n", data); err != nil {
			return err
		}
		if err := http.NewResponseController(w).Flush(); err != nil {
			return err
		}
		time.Sleep(100 * time.Millisecond)
	}
	return nil
}

func stream(c *echo.Context) error {
	message, err := said(c)
	if err != nil {
		return err
	}
	return write(c, message, "\n", " It", " grows.")
}

func broken(c *echo.Context) error {
	message, err := said(c)
	if err != nil {
		return err
	}
	if err := write(c, message, " It"); err != nil {
		return err
	}
	return errors.New("the model is gone")
}

func main() {
	e := echo.New()
	e.Use(middleware.Recover())
	e.POST("/json", answer)
	e.POST("/signed", signed)
	e.POST("/slow", slow)
	e.POST("/text", text)
	e.POST("/stream", stream)
	e.POST("/broken", broken)
	if err := e.Start("127.0.0.1:" + os.Getenv("PORT")); err != nil {
		e.Logger.Error(err.Error())
	}
}
