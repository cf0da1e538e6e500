CREATE TABLE "drill" (
	"id" text COLLATE "C" PRIMARY KEY NOT NULL,
	"division_id" text COLLATE "C" NOT NULL,
	"path" text COLLATE "C" NOT NULL,
	"title" text COLLATE "C" NOT NULL,
	"form" text COLLATE "C" NOT NULL,
	"content" text COLLATE "C" NOT NULL,
	"script_version_id" text COLLATE "C" NOT NULL,
	"notice" text COLLATE "C" NOT NULL,
	"planned_on" text COLLATE "C" NOT NULL,
	"place" text COLLATE "C" NOT NULL,
	"observer_delay_seconds" bigint NOT NULL,
	"state" text COLLATE "C" NOT NULL,
	"report_signed_by" text COLLATE "C",
	"report_signed_at" bigint,
	"created_by" text COLLATE "C" NOT NULL,
	"created_at" bigint NOT NULL
);
--> statement-breakpoint
CREATE TABLE "drill_entry" (
	"run_id" text COLLATE "C" NOT NULL,
	"seq" bigint NOT NULL,
	"kind" text COLLATE "C" NOT NULL,
	"exercise_ms" bigint NOT NULL,
	"at" bigint NOT NULL,
	"seat_id" text COLLATE "C",
	"role" text COLLATE "C",
	"command_id" text COLLATE "C",
	"cause" bigint,
	"body" text NOT NULL,
	"previous_hash" text COLLATE "C" NOT NULL,
	"hash" text COLLATE "C" NOT NULL,
	CONSTRAINT "drill_entry_run_id_seq_pk" PRIMARY KEY("run_id","seq")
);
--> statement-breakpoint
CREATE TABLE "drill_run" (
	"id" text COLLATE "C" PRIMARY KEY NOT NULL,
	"drill_id" text COLLATE "C" NOT NULL,
	"script_version_id" text COLLATE "C" NOT NULL,
	"script_hash" text COLLATE "C" NOT NULL,
	"engine" bigint NOT NULL,
	"stage" text COLLATE "C" NOT NULL,
	"seq" bigint NOT NULL,
	"hash" text COLLATE "C" NOT NULL,
	"is_ticking" boolean NOT NULL,
	"wake_at" bigint,
	"sign_at" bigint NOT NULL,
	"snapshot" text,
	"snapshot_seq" bigint NOT NULL,
	"created_at" bigint NOT NULL
);
--> statement-breakpoint
CREATE TABLE "drill_script" (
	"id" text COLLATE "C" PRIMARY KEY NOT NULL,
	"division_id" text COLLATE "C" NOT NULL,
	"path" text COLLATE "C" NOT NULL,
	"title" text COLLATE "C" NOT NULL,
	"draft" text NOT NULL,
	"revision" bigint NOT NULL,
	"is_model" boolean NOT NULL,
	"archived_at" bigint,
	"updated_by" text COLLATE "C" NOT NULL,
	"updated_at" bigint NOT NULL
);
--> statement-breakpoint
CREATE TABLE "drill_seat" (
	"id" text COLLATE "C" PRIMARY KEY NOT NULL,
	"run_id" text COLLATE "C" NOT NULL,
	"account_id" text COLLATE "C" NOT NULL,
	"person_id" text COLLATE "C",
	"name" text COLLATE "C" NOT NULL,
	"roles" text NOT NULL,
	"seated_by" text COLLATE "C" NOT NULL,
	"seated_at" bigint NOT NULL
);
--> statement-breakpoint
CREATE TABLE "drill_unit" (
	"drill_id" text COLLATE "C" NOT NULL,
	"organization_id" text COLLATE "C" NOT NULL,
	CONSTRAINT "drill_unit_drill_id_organization_id_pk" PRIMARY KEY("drill_id","organization_id")
);
--> statement-breakpoint
CREATE TABLE "plan" (
	"id" text COLLATE "C" PRIMARY KEY NOT NULL,
	"division_id" text COLLATE "C" NOT NULL,
	"path" text COLLATE "C" NOT NULL,
	"key" text COLLATE "C" NOT NULL,
	"title" text COLLATE "C" NOT NULL,
	"kind" text COLLATE "C" NOT NULL,
	"event_type" text COLLATE "C" NOT NULL,
	"organization_id" text COLLATE "C",
	"is_model" boolean NOT NULL,
	"archived_at" bigint,
	"created_at" bigint NOT NULL
);
--> statement-breakpoint
CREATE TABLE "plan_clause" (
	"id" text COLLATE "C" PRIMARY KEY NOT NULL,
	"version_id" text COLLATE "C" NOT NULL,
	"position" bigint NOT NULL,
	"no" text COLLATE "C" NOT NULL,
	"title" text COLLATE "C" NOT NULL,
	"body" text COLLATE "C" NOT NULL,
	"depth" bigint NOT NULL
);
--> statement-breakpoint
CREATE TABLE "plan_version" (
	"id" text COLLATE "C" PRIMARY KEY NOT NULL,
	"plan_id" text COLLATE "C" NOT NULL,
	"number" bigint NOT NULL,
	"document_number" text COLLATE "C" NOT NULL,
	"issued_on" text COLLATE "C",
	"in_force_at" bigint,
	"responses" text NOT NULL,
	"duties" text NOT NULL,
	"contacts" text NOT NULL,
	"cards" text NOT NULL,
	"reason" text COLLATE "C" NOT NULL,
	"created_at" bigint NOT NULL
);
--> statement-breakpoint
CREATE TABLE "script_version" (
	"id" text COLLATE "C" PRIMARY KEY NOT NULL,
	"script_id" text COLLATE "C" NOT NULL,
	"number" bigint NOT NULL,
	"hash" text COLLATE "C" NOT NULL,
	"body" text NOT NULL,
	"published_by" text COLLATE "C" NOT NULL,
	"published_at" bigint NOT NULL
);
--> statement-breakpoint
CREATE INDEX "drill_path" ON "drill" USING btree ("path","planned_on");--> statement-breakpoint
CREATE UNIQUE INDEX "drill_entry_command" ON "drill_entry" USING btree ("run_id","command_id");--> statement-breakpoint
CREATE INDEX "drill_run_drill" ON "drill_run" USING btree ("drill_id");--> statement-breakpoint
CREATE INDEX "drill_run_wake" ON "drill_run" USING btree ("wake_at");--> statement-breakpoint
CREATE INDEX "drill_script_path" ON "drill_script" USING btree ("path");--> statement-breakpoint
CREATE UNIQUE INDEX "drill_seat_account" ON "drill_seat" USING btree ("run_id","account_id");--> statement-breakpoint
CREATE INDEX "drill_seat_person" ON "drill_seat" USING btree ("person_id");--> statement-breakpoint
CREATE INDEX "drill_unit_org" ON "drill_unit" USING btree ("organization_id");--> statement-breakpoint
CREATE UNIQUE INDEX "plan_key" ON "plan" USING btree ("division_id","key");--> statement-breakpoint
CREATE INDEX "plan_path" ON "plan" USING btree ("path");--> statement-breakpoint
CREATE UNIQUE INDEX "plan_clause_position" ON "plan_clause" USING btree ("version_id","position");--> statement-breakpoint
CREATE INDEX "plan_clause_no" ON "plan_clause" USING btree ("version_id","no");--> statement-breakpoint
CREATE UNIQUE INDEX "plan_version_number" ON "plan_version" USING btree ("plan_id","number");--> statement-breakpoint
CREATE UNIQUE INDEX "script_version_number" ON "script_version" USING btree ("script_id","number");--> statement-breakpoint
CREATE INDEX "script_version_hash" ON "script_version" USING btree ("hash");