CREATE TABLE "exam_extension" (
	"id" text COLLATE "C" PRIMARY KEY NOT NULL,
	"exam_id" text COLLATE "C" NOT NULL,
	"minutes" bigint NOT NULL,
	"reason" text COLLATE "C" NOT NULL,
	"people" bigint NOT NULL,
	"people_short" bigint NOT NULL,
	"granted_by" text COLLATE "C" NOT NULL,
	"granted_at" bigint NOT NULL
);
--> statement-breakpoint
CREATE TABLE "exam_invigilator" (
	"exam_id" text COLLATE "C" NOT NULL,
	"account_id" text COLLATE "C" NOT NULL,
	CONSTRAINT "exam_invigilator_exam_id_account_id_pk" PRIMARY KEY("exam_id","account_id")
);
--> statement-breakpoint
ALTER TABLE "attempt" ADD COLUMN "added_minutes" bigint DEFAULT 0 NOT NULL;--> statement-breakpoint
CREATE INDEX "exam_extension_exam" ON "exam_extension" USING btree ("exam_id","granted_at");--> statement-breakpoint
CREATE INDEX "exam_invigilator_account" ON "exam_invigilator" USING btree ("account_id");